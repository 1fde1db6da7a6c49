// Code blocks without a language are commands and their output: no language is guessed for them.
export default {
  configureHljs: hljs => hljs.configure({ languages: [] }),
}
