#!/bin/bash
# Includes point downward only: each folder may see those it is built on.
set -u

# Folder, then the project folders it may include from; compiler and runtime implement the public header.
layers='
base      base
bytecode  base bytecode
grammar   base grammar compiler/ast.h
compiler  base bytecode grammar compiler mot
runtime   base bytecode runtime mot
report    base report mot
cli       cli report mot
include   mot
'
# What cli may take from outside: the C library, POSIX, and the libraries for JSON, Unicode, compressed
# files and databases.
outside_of_cli=$(tr -s ' \n' ' ' <<<' assert ctype dirent dlfcn errno fcntl float inttypes limits locale math poll regex setjmp signal
  stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string strings termios time
  unistd wchar glob fnmatch pthread getopt jansson utf8proc zlib zstd sqlite3 ')

# base/mem.h, stdio.h …: what a file includes
includes_of() {
  sed -n 's/^[ \t]*#[ \t]*include[ \t]*[<"]\([^">]*\)[">].*/\1/p' "$1"
}

allowed() { # include, allowed folders and files
  local include=$1 one
  shift
  for one; do
    case $include in "$one" | "$one"/*) return 0 ;; esac
  done
  return 1
}

is_of_project() {
  case $1 in
    base/* | bytecode/* | grammar/* | compiler/* | runtime/* | report/* | cli/* | mot/* | tests/* | stdlib/*) return 0 ;;
  esac
  return 1
}

check_file() { # folder, file, allowed…
  local folder=$1 file=$2 include
  shift 2
  while read -r include; do
    if is_of_project "$include"; then
      allowed "$include" "$@" || echo "# $file includes $include"
    elif [ "$folder" = cli ]; then
      case ${include%.h} in sys/*) continue ;; esac
      [[ $outside_of_cli == *" ${include%.h} "* ]] || echo "# $file includes $include"
    elif [ "${include##*/}" = "$include" ] && [ -e "$folder/$include" ]; then
      echo "# $file includes $include without its folder"
    fi
  done < <(includes_of "$file")
}

while read -r folder allowed_folders; do
  [ -n "$folder" ] || continue
  found=$(find "$folder" -name '*.[chly]' -o -name '*.def' | sort | while read -r file; do
    # shellcheck disable=SC2086
    check_file "$folder" "$file" $allowed_folders
  done)
  if [ -z "$found" ]; then
    echo "ok $folder includes only what lies below it"
  else
    echo "$found"
    echo "not ok $folder includes only what lies below it"
  fi
done <<<"$layers"
