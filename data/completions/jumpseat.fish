# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The Jumpseat authors
#
# Completion for fish: the program says what fits, so this file knows none of its words.

function __jumpseat_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l reply ($program __complete $words "$current" 2>/dev/null </dev/null)
    if test "$reply" = ":files"
        set -l head (string match -r '^--[^=]*=' -- "$current")
        set -l path (string replace -r '^--[^=]*=' '' -- "$current")
        set -q head[1]; or set head ""
        for file in (__fish_complete_path "$path")
            echo -- $head$file
        end
        return
    end
    for line in $reply
        echo -- $line
    end
end

complete -c jumpseat -f -a '(__jumpseat_complete)'
