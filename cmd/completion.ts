import { exitCodes } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { CompletionRequest } from "./request.ts";
import type { Shell } from "./shells.ts";

const programs = "kubectl-knative_certs knative-certs kn-certs";

const bash = `# kubectl knative-certs: source <(knative-certs completion bash)
_knative_certs() {
  local line lines=()
  COMPREPLY=()
  while IFS= read -r line; do lines+=("$line"); done < <(
    "\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null
  )
  for line in "\${lines[@]}"; do
    case $line in
      :0) compopt -o default 2> /dev/null ;;
      :6) compopt -o nospace 2> /dev/null ;;
      :*) ;;
      *) COMPREPLY+=("\${line%%$'\t'*}") ;;
    esac
  done
}
complete -F _knative_certs ${programs}
`;

const zsh = `#compdef ${programs}
# kubectl knative-certs: source <(knative-certs completion zsh)
_knative_certs() {
  local line
  local -a candidates
  local files=0
  local -a suffix
  while IFS= read -r line; do
    case $line in
      :0) files=1 ;;
      :6) suffix=(-S '') ;;
      :*) ;;
      *$'\t'*) candidates+=("\${\${line%%$'\t'*}//:/\\:}:\${line#*$'\t'}") ;;
      *) candidates+=("\${line//:/\\:}") ;;
    esac
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2> /dev/null)
  (( \${#candidates} )) && _describe 'knative-certs' candidates "\${suffix[@]}"
  (( files )) && _files
}
if [ "$funcstack[1]" = "_knative_certs" ]; then _knative_certs; else compdef _knative_certs ${programs}; fi
`;

const fish = `# kubectl knative-certs: knative-certs completion fish | source
function __knative_certs_complete
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] __complete $words[2..-1] 2> /dev/null)
    switch $line
      case ':0'
        __fish_complete_path (commandline -ct)
      case ':*'
      case '*'
        echo $line
    end
  end
end
for program in ${programs}
  complete -c $program -f -a '(__knative_certs_complete)'
end
`;

const powershell = `# kubectl knative-certs: knative-certs completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName ${programs.replaceAll(" ", ", ")} -ScriptBlock {
  param($word, $command, $cursor)
  $words = @($command.CommandElements | ForEach-Object { $_.ToString() })
  $before = @($words | Select-Object -Skip 1)
  if ($word -eq '') { $before += '' }
  & $words[0] __complete @before 2> $null | Where-Object { $_ -notmatch '^:' } | ForEach-Object {
    $candidate, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $candidate }
    [System.Management.Automation.CompletionResult]::new($candidate, $candidate, 'ParameterValue', $about)
  }
}
`;

/** kubectl looks for a program of this name on the PATH (kubectl pkg/cmd/plugin_completion.go). */
const kubectl = `#!/bin/sh
# Save as kubectl_complete-knative_certs on the PATH, and make it executable.
exec kubectl-knative_certs __complete "$@"
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell, kubectl };

/** Prints what a shell must run once so that it completes this program's words. */
export function printCompletion({ shell }: CompletionRequest, io: Io): number {
  io.out(scripts[shell]);
  return exitCodes.clean;
}
