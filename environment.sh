#!/bin/sh
# Makes the environment that every `make` command runs in: a Python that fits, and tfvgan in it with
# all that demo and tests need. Nothing else is there yet, so this is plain shell.
#
#     sh environment.sh FOLDER VERSION...    makes it, of the first of these Pythons that is there
#     sh environment.sh find VERSION...      prints that Python, or says why there is none
#
# Pythons on PATH come first, then pyenv's, whose commands on PATH refuse what is not switched on,
# and then uv, which fetches one.
set -eu

LAST=3.13 # of the Pythons that TensorFlow is made for
UV_INSTALL="curl -LsSf https://astral.sh/uv/install.sh | sh"

# Prints the version of a command, such as 3.12; nothing of what is not there or refuses.
version() {
  "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

# Succeeds where a command is one of the Pythons asked for, and can make environments.
fits() {
  is=$(version "$1")
  case " $versions " in *" ${is:-none} "*) ;; *) return 1 ;; esac
  "$1" -c 'import ensurepip, venv' 2>/dev/null && return
  bare=${bare:-$is}
  return 1
}

# Prints a Python that fits, or `uv`; fails with one sentence on why, and what mends it.
find_python() {
  bare=
  for v in $versions; do
    if fits "python$v"; then command -v "python$v" && return; fi
  done
  if fits python3; then command -v python3 && return; fi
  for v in $versions; do
    for python in "${PYENV_ROOT:-${HOME:-}/.pyenv}/versions/$v".*/bin/python; do
      if fits "$python"; then echo "$python" && return; fi
    done
  done
  if uv=$(find_uv); then echo "$uv" && return; fi
  needs="tfvgan needs Python $(echo "$versions" | sed 's/ /, /g; s/, \([^ ]*\)$/ or \1/')"
  found=$(version python3)
  minor=${found#3.}
  if [ -n "$bare" ]; then
    why="$needs, and $bare is here without its venv module:"
    cure="apt install python$bare-venv (on Debian and Ubuntu)"
  elif [ -z "$found" ]; then
    why="$needs, and no Python is here:"
    cure="apt install python3 python3-venv (on Debian 12 and Ubuntu 24.04, or later)"
  elif [ "$minor" != "$found" ] && [ "$minor" -gt "${LAST#3.}" ]; then
    why="$needs, and python3 is $found, for which there is no TensorFlow yet:"
    cure="install uv, which fetches one: $UV_INSTALL"
  else
    why="$needs, and python3 is $found:"
    cure="install uv, which fetches one: $UV_INSTALL"
  fi
  echo "$why $cure" >&2
  return 1
}

# Prints where uv is: its installer's folder is on PATH of new shells only.
find_uv() {
  command -v uv || { [ -x "${HOME:-}/.local/bin/uv" ] && echo "$HOME/.local/bin/uv"; }
}

# Makes an environment, or keeps one that is of a Python asked for.
make_environment() {
  if [ -e "$folder/bin/python" ] || [ -L "$folder/bin/python" ]; then
    is=$(version "$folder/bin/python")
    case " $versions " in *" ${is:-none} "*) return ;; esac
    echo "$folder holds Python ${is:-that doesn't start}, not one of $versions: remove it" \
      "(make clean), or name another folder (make VENV=FOLDER)." >&2
    return 1
  fi
  python=$(find_python) || return 1
  case $python in
    */uv) "$python" venv --quiet --seed --python "${versions%% *}" "$folder" ;;
    *) "$python" -m venv "$folder" ;;
  esac
}

# Says every ten seconds how much there is, and what pip is about.
tell() {
  seconds=0
  while sleep 10 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
    seconds=$((seconds + 10))
    echo "  $seconds s, $(du -sm "$folder" | cut -f 1) MB: $(tail -n 1 "$log" | cut -c 1-72)"
  done
}

install() {
  log=$folder/install.log
  echo "Installing tfvgan into $folder, with TensorFlow and all that demo and tests need:" \
    "about 1 GB comes over the network, and 3.1 GB lie on the disk then. It takes minutes."
  : >"$log"
  tell &
  teller=$!
  trap 'kill $teller 2>/dev/null' EXIT
  trap 'exit 130' INT TERM
  if ! "$folder/bin/python" -m pip install --progress-bar off --disable-pip-version-check \
    --editable '.[dev]' >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    echo "pip failed. All that it said is in $log." >&2
    return 1
  fi
}

action=$1
shift
versions=$*
if [ "$action" = find ]; then
  find_python
else
  folder=$action
  make_environment
  install
fi
