import { dirname } from 'node:path'
import ts from 'typescript'
import { parser } from 'typescript-eslint'

const vueFiles = { extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }

/**
 * The parser of the scripts in pages. To the type rules the script of a page is a change of the file it stands in, for which
 * they would look at the whole project anew, page after page; here the project holds the scripts from the start.
 */
export function pagesParser(config, vueParser) {
  let program
  return {
    meta: { name: 'youyu-pages', version: '1' },
    parseForESLint(code, options) {
      // An expression of a template comes without a project.
      if (!options.project) return parser.parseForESLint(code, options)
      program ??= programOf(config, vueParser)
      const isAsRead = program.getSourceFile(options.filePath)?.text === code
      const typed = isAsRead ? { ...options, project: undefined, programs: [program] } : options
      return parser.parseForESLint(code, typed)
    },
  }
}

function programOf(config, vueParser) {
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(
    config,
    { allowNonTsExtensions: true, incremental: false, tsBuildInfoFile: undefined },
    { ...ts.sys, getCurrentDirectory: () => dirname(config), onUnRecoverableConfigFileDiagnostic: refuse },
    undefined,
    undefined,
    [vueFiles],
  )
  const host = ts.createCompilerHost(options, true)
  const { getSourceFile } = host
  host.getSourceFile = (name, language, ...rest) =>
    name.endsWith('.vue')
      ? ts.createSourceFile(name, scriptOf(name, vueParser), language, true, ts.ScriptKind.TS)
      : getSourceFile(name, language, ...rest)
  return ts.createProgram(fileNames, options, host)
}

/** What vue-eslint-parser will hand to the parser of scripts, word for word: of two scripts it makes one. */
function scriptOf(name, vueParser) {
  let script = ''
  const listener = {
    parseForESLint(code, { project, ...options }) {
      if (project) script = code
      return parser.parseForESLint(code, options)
    },
  }
  const options = { filePath: name, sourceType: 'module', project: true, parser: listener }
  vueParser.parseForESLint(ts.sys.readFile(name), options)
  return script
}

function refuse(diagnostic) {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
}
