# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
#
# Completion for bash: the program says what fits, so this file knows none of its words.

_jumpseat ()
{
  local IFS=$'\n' current=${COMP_WORDS[COMP_CWORD]} line reply
  reply=$("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null </dev/null)
  COMPREPLY=()
  if [ "$reply" = ":files" ]; then
    [ "$current" = "=" ] && current=
    compopt -o filenames
    COMPREPLY=($(compgen -f -- "$current"))
    return
  fi
  for line in $reply; do
    COMPREPLY+=("${line%%$'\t'*}")
  done
}

complete -F _jumpseat jumpseat
