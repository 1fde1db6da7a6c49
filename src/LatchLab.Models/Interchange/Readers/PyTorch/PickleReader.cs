using System.Buffers.Binary;
using System.Text;

namespace LatchLab.Models.Interchange.Readers.PyTorch;

/// <summary>
/// Reads one pickle of Python, protocols 0 to 5, as data (the opcodes are those of Lib/pickletools.py). A pickle is a
/// program of a stack machine that may call any function; here a call only makes a <see cref="PickledObject"/>, except
/// for those of <see cref="TorchCalls"/>, which rebuild tensors.
/// </summary>
/// <param name="bytes">The bytes; the pickle ends at its own STOP.</param>
internal sealed class PickleReader(PickleBytes bytes)
{
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly HashSet<PickledName> _names = [];
    private readonly Dictionary<string, PickledStorage> _storages = [];

    /// <summary>Every class and function that the pickle names.</summary>
    public IReadOnlyCollection<PickledName> Names => _names;

    /// <summary>Every storage that the pickle names.</summary>
    public IReadOnlyDictionary<string, PickledStorage> Storages => _storages;

    /// <summary>Reads the value.</summary>
    public object? Read()
    {
        while (true)
        {
            char code = (char)bytes.TakeByte();
            if (code == '.')
                return Pop();
            if (!RunStackCode(code) && !RunNumber(code) && !RunText(code) && !RunCollection(code) && !RunObject(code))
                throw bytes.Damage($"the unknown opcode {(int)code}");
        }
    }

    private bool RunStackCode(char code)
    {
        switch (code)
        {
            case '\u0080': bytes.TakeByte(); break;                             // PROTO
            case '\u0095': bytes.Take(sizeof(long)); break;                     // FRAME
            case '(': _marks.Push(_stack.Count); break;                         // MARK
            case '0': Pop(); break;                                             // POP
            case '1': PopToMark(); break;                                       // POP_MARK
            case '2': Push(Top()); break;                                       // DUP
            case 'p': _memo[bytes.ParseLine()] = Top(); break;                  // PUT
            case 'q': _memo[bytes.TakeByte()] = Top(); break;                   // BINPUT
            case 'r': _memo[bytes.TakeInteger(4)] = Top(); break;               // LONG_BINPUT
            case '\u0094': _memo[_memo.Count] = Top(); break;                   // MEMOIZE
            case 'g': PushMemo(bytes.ParseLine()); break;                       // GET
            case 'h': PushMemo(bytes.TakeByte()); break;                        // BINGET
            case 'j': PushMemo(bytes.TakeInteger(4)); break;                    // LONG_BINGET
            default: return false;
        }

        return true;
    }

    private bool RunNumber(char code)
    {
        switch (code)
        {
            case 'N': Push(null); break;                                        // NONE
            case '\u0088': Push(true); break;                                   // NEWTRUE
            case '\u0089': Push(false); break;                                  // NEWFALSE
            case 'J': Push((long)(int)bytes.TakeInteger(4)); break;             // BININT
            case 'K': Push((long)bytes.TakeByte()); break;                      // BININT1
            case 'M': Push(bytes.TakeInteger(2)); break;                        // BININT2
            case 'I' or 'L': Push(bytes.ParseLine()); break;                    // INT, LONG
            case '\u008a': Push(PickleBytes.ToInteger(bytes.Take(bytes.TakeByte()))); break; // LONG1
            case '\u008b': Push(PickleBytes.ToInteger(bytes.Take(bytes.TakeInteger(4)))); break; // LONG4
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(bytes.Take(8))); break; // BINFLOAT
            case 'F': Push(bytes.ParseNumber()); break;                         // FLOAT
            default: return false;
        }

        return true;
    }

    private bool RunText(char code)
    {
        switch (code)
        {
            case 'X': PushText(bytes.TakeInteger(4)); break;                    // BINUNICODE
            case '\u008c': PushText(bytes.TakeByte()); break;                   // SHORT_BINUNICODE
            case '\u008d': PushText(bytes.TakeInteger(8)); break;               // BINUNICODE8
            case 'T': PushText(bytes.TakeInteger(4)); break;                    // BINSTRING
            case 'U': PushText(bytes.TakeByte()); break;                        // SHORT_BINSTRING
            case 'V': Push(bytes.TakeLine()); break;                            // UNICODE
            case 'S': Push(bytes.TakeLine().Trim('\'', '"')); break;            // STRING
            case 'B': bytes.Take(bytes.TakeInteger(4)); Push(null); break;      // BINBYTES
            case 'C': bytes.Take(bytes.TakeByte()); Push(null); break;          // SHORT_BINBYTES
            case '\u008e' or '\u0096': bytes.Take(bytes.TakeInteger(8)); Push(null); break; // BINBYTES8, BYTEARRAY8
            default: return false;
        }

        return true;
    }

    private bool RunCollection(char code)
    {
        switch (code)
        {
            case ')': Push(new PickledTuple([])); break;                        // EMPTY_TUPLE
            case 't': Push(new PickledTuple([.. PopToMark()])); break;          // TUPLE
            case '\u0085': Push(new PickledTuple(Pop(1))); break;               // TUPLE1
            case '\u0086': Push(new PickledTuple(Pop(2))); break;               // TUPLE2
            case '\u0087': Push(new PickledTuple(Pop(3))); break;               // TUPLE3
            case ']' or '\u008f': Push(new List<object?>()); break;             // EMPTY_LIST, EMPTY_SET
            case 'l' or '\u0091': Push(PopToMark()); break;                     // LIST, FROZENSET
            case 'a': Append(Pop(1)); break;                                    // APPEND
            case 'e' or '\u0090': Append(PopToMark()); break;                   // APPENDS, ADDITEMS
            case '}': Push(new PickledDictionary()); break;                     // EMPTY_DICT
            case 'd': IList<object?> items = PopToMark(); Push(new PickledDictionary()); Set(items); break; // DICT
            case 's': Set(Pop(2)); break;                                       // SETITEM
            case 'u': Set(PopToMark()); break;                                  // SETITEMS
            default: return false;
        }

        return true;
    }

    private bool RunObject(char code)
    {
        switch (code)
        {
            case 'c': PushName(bytes.TakeLine(), bytes.TakeLine()); break;      // GLOBAL
            case '\u0093': object?[] name = Pop(2); PushName(name[0], name[1]); break; // STACK_GLOBAL
            case 'Q': PushStorage(); break;                                     // BINPERSID
            case 'P': bytes.TakeLine(); Push(null); break;                      // PERSID
            case 'R' or '\u0081':                                               // REDUCE, NEWOBJ
                object?[] call = Pop(2);
                Push(TorchCalls.Call(call[0], call[1]));
                break;
            case '\u0092': Push(TorchCalls.Call(Pop(3)[0], null)); break;       // NEWOBJ_EX
            case 'o': PopToMark(); Push(new PickledObject(null)); break;        // OBJ
            case 'i':                                                           // INST
                PushName(bytes.TakeLine(), bytes.TakeLine());
                object? type = Pop();
                PopToMark();
                Push(new PickledObject(type));
                break;
            case 'b': Build(Pop()); break;                                      // BUILD
            default: return false;
        }

        return true;
    }

    private void PushName(object? module, object? name)
    {
        var pickled = new PickledName(module as string ?? "", name as string ?? "");
        _names.Add(pickled);
        Push(pickled);
    }

    private void PushStorage()
    {
        object? value = TorchCalls.CreateStorage(Pop());
        if (value is PickledStorage storage)
            _storages[storage.Key] = storage;
        Push(value);
    }

    /// <summary>The fields of an object; a state of another form, or of another value, is ignored.</summary>
    private void Build(object? state)
    {
        if (state is PickledTuple { Items: [var first, ..] })
            state = first;
        if (state is PickledDictionary fields && Top() is PickledObject built)
            built.Fields = fields;
    }

    private void Append(IList<object?> items)
    {
        if (Top() is List<object?> list)
            list.AddRange(items);
    }

    private void Set(IList<object?> items)
    {
        PickledDictionary? dictionary = Top() as PickledDictionary ?? (Top() as PickledObject)?.Fields;
        for (int i = 0; i + 1 < items.Count; i += 2)
            dictionary?.Entries.Add((items[i], items[i + 1]));
    }

    private void Push(object? value) => _stack.Add(value);

    private void PushMemo(long index)
        => Push(_memo.TryGetValue(index, out object? value) ? value : throw bytes.Damage("a value that is not stored"));

    private void PushText(long length) => Push(Encoding.UTF8.GetString(bytes.Take(length)));

    private object? Top() => _stack.Count > FirstFree ? _stack[^1] : throw bytes.Damage("too few values");

    private object? Pop() => Pop(1)[0];

    /// <summary>Values below the last mark belong to an outer collection.</summary>
    private int FirstFree => _marks.TryPeek(out int mark) ? mark : 0;

    private object?[] Pop(int count)
    {
        if (_stack.Count - count < FirstFree)
            throw bytes.Damage("too few values");
        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private List<object?> PopToMark()
    {
        if (!_marks.TryPop(out int mark))
            throw bytes.Damage("the end of a collection that did not begin");
        List<object?> values = _stack[mark..];
        _stack.RemoveRange(mark, values.Count);
        return values;
    }
}
