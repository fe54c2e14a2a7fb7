#!/usr/bin/env bash
# Proves the README's commands on a bare Debian 12: a fresh root with python3 and pip, a fresh clone, an ordinary user.
#
#   sudo tools/bare_machine.sh                    demo, test and wheel
#   sudo tools/bare_machine.sh setup test         only these; "wheel" builds the wheel and uses it in an empty environment
#
# Needs root, debootstrap, git and util-linux. The root lives in a temporary folder and the mounts in a namespace of
# their own: both are gone when the script ends, however it ends. KEEP=1 leaves the root for a look.
set -euo pipefail

SUITE=bookworm
PACKAGES=python3,python3-pip
PERSON=ana
REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

main() {
  [ "$(id -u)" -eq 0 ] || { echo "Run this as root: it makes a root file system." >&2; exit 1; }
  if [ -z "${BARE_ROOT:-}" ]; then
    BARE_ROOT=$(mktemp -d "${TMPDIR:-/var/tmp}/bare-machine.XXXXXX")
    export BARE_ROOT
    trap remove_root EXIT
    unshare --mount --propagation private "$0" "$@"
    return
  fi
  [ "$#" -gt 0 ] || set -- demo test wheel
  make_root
  lend_network
  for command in "$@"; do
    step "$command"
    case "$command" in
      wheel) inside "$(wheel_script)" ;;
      demo) inside "cd ~/apura && python3 dev.py demo --conferir" ;;
      *) inside "cd ~/apura && python3 dev.py $command" ;;
    esac
  done
  step "done in ${SECONDS} s: $*"
}

step() { printf '\n════ %s\n' "$1"; }

remove_root() {
  [ -n "${KEEP:-}" ] && { echo "Root left in $BARE_ROOT"; return; }
  rm -rf --one-file-system "$BARE_ROOT"
}

make_root() {
  step "a bare $SUITE root with $PACKAGES"
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk -v suite="$SUITE" '$2 == suite && $1 ~ /debian\/?$/ { print $1; exit }')
  debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$BARE_ROOT" ${mirror:+"$mirror"} >"$BARE_ROOT.log" 2>&1 ||
    { tail -20 "$BARE_ROOT.log" >&2; exit 1; }
  rm -f "$BARE_ROOT.log"
  chmod 755 "$BARE_ROOT"
  mount -t proc proc "$BARE_ROOT/proc"
  mkdir -p "$BARE_ROOT/dev/shm"
  mount -t tmpfs tmpfs "$BARE_ROOT/dev/shm"
  chroot "$BARE_ROOT" useradd --create-home "$PERSON"
  git clone --quiet "$REPOSITORY" "$BARE_ROOT/home/$PERSON/apura"
  chroot "$BARE_ROOT" chown -R "$PERSON:" "/home/$PERSON"
}

# The machine's way to the network, and nothing else of it: names, certificates, proxies, pip's and npm's variables.
lend_network() {
  cp /etc/resolv.conf /etc/hosts "$BARE_ROOT/etc/"
  LENT=()
  local name value path
  while IFS='=' read -r name value; do
    LENT+=("$name=$value")
    for path in ${value//file:\/\//}; do
      lend_path "$path"
    done
  done < <(npm_certificates; env | grep -E '^(PIP_[A-Z_]+|NPM_CONFIG_[A-Z_]+|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|[A-Za-z]+_(proxy|PROXY))=' || true)
}

# npm does not look where other programs keep certificates.
npm_certificates() {
  local file
  file=$(npm config get cafile 2>/dev/null || true)
  [ -f "$file" ] && echo "NPM_CONFIG_CAFILE=$file"
  return 0
}

lend_path() {
  case "$1" in /*) ;; *) return 0 ;; esac
  if [ -d "$1" ]; then
    mkdir -p "$BARE_ROOT$1"
  elif [ -f "$1" ]; then
    mkdir -p "$BARE_ROOT$(dirname "$1")"
    [ -e "$BARE_ROOT$1" ] || : >"$BARE_ROOT$1"
  else
    return 0
  fi
  mount --bind -o ro "$1" "$BARE_ROOT$1"
}

inside() {
  chroot --userspec="$PERSON:$PERSON" "$BARE_ROOT" \
    env -i PATH=/usr/local/bin:/usr/bin:/bin HOME="/home/$PERSON" "${LENT[@]}" sh -ec "$1"
}

wheel_script() {
  cat <<'SCRIPT'
cd ~/apura
python3 dev.py setup
.venv/bin/python -m hatchling build --target wheel --directory /tmp/wheel
python3 -m venv --without-pip /tmp/empty
pip="python3 -m pip --python /tmp/empty/bin/python install --quiet"
$pip --require-hashes -r requirements/runtime.lock
$pip --no-deps /tmp/wheel/*.whl
cd /tmp
/tmp/empty/bin/apura verificar
SCRIPT
}

main "$@"
