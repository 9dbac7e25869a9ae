import { UserError } from '../../errors.ts'
import { complete } from '../complete.ts'
import { asksHelp } from '../help.ts'

/** The shells ask `batten completion words -- …` what may come; where nothing may, they offer files. */
const scripts = {
  bash: `_batten() {
  local IFS=$'\\n'
  COMPREPLY=($(batten completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o bashdefault -o default -F _batten batten
`,
  zsh: `#compdef batten
_batten() {
  local -a found
  found=(\${(f)"$(batten completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( $#found )); then compadd -a found; else _files; fi
}
if [ "$funcstack[1]" = _batten ]; then _batten; else compdef _batten batten; fi
`,
  fish: `function __batten_words
  set -l before (commandline -opc)
  batten completion words -- $before[2..-1] (commandline -ct) 2>/dev/null
end
complete -c batten -a '(__batten_words)'
`,
} as const

export const verbs: readonly string[] = Object.keys(scripts)

const usage = `Usage: batten completion <bash|zsh|fish>

Print what makes the shell complete commands, flags, check ids and files. To load it:

  bash   batten completion bash > ~/.local/share/bash-completion/completions/batten
  zsh    batten completion zsh > "\${fpath[1]}/_batten"
  fish   batten completion fish > ~/.config/fish/completions/batten.fish
`

/** `batten completion bash|zsh|fish` */
export default async function completion(args: readonly string[]): Promise<number> {
  const [shell = '', separator, ...words] = args
  if (asksHelp(shell)) process.stdout.write(usage)
  else if (shell === 'words' && separator === '--') process.stdout.write(await found(words))
  else if (isShell(shell)) process.stdout.write(scripts[shell])
  else throw new UserError('usage: batten completion bash|zsh|fish')
  return 0
}

async function found(words: readonly string[]): Promise<string> {
  return (await complete(words)).map(word => `${word}\n`).join('')
}

function isShell(word: string): word is keyof typeof scripts {
  return Object.hasOwn(scripts, word)
}
