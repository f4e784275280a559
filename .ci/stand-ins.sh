# Sourced by .ci/container: sets up a container environment below $work that makes no requests to outside.
#
# In: $work, $profile, $PWD (the repository). Out: `podman` and `docker` (which is podman) at the front of PATH, with a separate image
# store; a registry on this machine at $registry, which stands for docker.io/library and for our own registry; in it, stand-ins for the
# base images under their full names. Short names are not resolved, as on a new Debian.
# shellcheck shell=bash disable=SC2034,SC2154 # the script that sources this uses some variables and sets others

install_programs() {
    local packages=() sudo=''
    have podman || packages+=(podman)
    have runc || packages+=(runc)
    have skopeo || packages+=(skopeo)
    have docker-registry || packages+=(docker-registry)
    have curl || packages+=(curl)
    have newuidmap || packages+=(uidmap)
    have iptables || packages+=(iptables)
    have musl-gcc || packages+=(musl-tools)
    have aarch64-linux-gnu-gcc || packages+=(gcc-aarch64-linux-gnu libc6-dev-arm64-cross)
    [ -x /bin/busybox ] || packages+=(busybox-static)
    [ ${#packages[@]} -gt 0 ] || return 0
    have apt-get || return 1
    [ "$(id -u)" = 0 ] || { have sudo && sudo=sudo; } || return 1
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

# A folder is a machine's: all that podman and docker read and write, and the home of who uses them.
make_machine() {
    mkdir -p "$work/bin" "$work/home/.config/containers" "$work/registry"
    printf '[storage]\ndriver = "overlay"\ngraphroot = "%s"\nrunroot = "%s"\n' "$work/store" "$work/run" >"$work/storage.conf"
    # The toolchain is mounted where images are built, and nowhere else.
    cat >"$work/bin/podman" <<PODMAN
#!/bin/sh
export CONTAINERS_STORAGE_CONF=$work/storage.conf HOME=$work/home
[ "\$1" != build ] || export CONTAINERS_CONF=$work/build.conf
exec $(command -v podman) "\$@"
PODMAN
    printf '#!/bin/sh\nexec podman "$@"\n' >"$work/bin/docker"
    printf '#!/bin/sh\nexport HOME=%s\nexec %s "$@"\n' "$work/home" "$(command -v skopeo)" >"$work/bin/skopeo"
    chmod 755 "$work/bin"/*
    PATH=$work/bin:$PATH
}

start_registry() {
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    registry=localhost:$port
    printf 'version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:%s"}\n' \
        "$work/registry" "$port" >"$work/registry.yml"
    OTEL_TRACES_EXPORTER=none docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
    registry_pid=$!
    cat >"$work/home/.config/containers/registries.conf" <<CONF
[[registry]]
location = "$registry"
insecure = true
[[registry]]
prefix = "docker.io/library"
location = "$registry/library"
insecure = true
[[registry]]
prefix = "$image_name"
location = "$registry/$image_name"
insecure = true
CONF
    for _ in $(seq 50); do
        curl -fs "http://$registry/v2/" >/dev/null && return 0
        sleep 0.1
    done
    return 1
}

# serve NAME FOLDER CHANGE...: an image of a folder in the registry, for both architectures, under its full name.
serve() {
    local name=$1 folder=$2 architecture index=localhost/served
    shift 2
    podman manifest create "$index" >/dev/null
    for architecture in amd64 arm64; do
        tar -C "$folder" -c . | podman import --quiet --arch "$architecture" "$@" - "localhost/served-$architecture" >/dev/null
        podman manifest add "$index" "containers-storage:localhost/served-$architecture" >/dev/null
    done
    podman manifest push --quiet --all "$index" "docker://$registry/${name#docker.io/}" >/dev/null
    podman manifest rm "$index" >/dev/null
    podman rmi localhost/served-amd64 localhost/served-arm64 >/dev/null
}

# Stands in for Alpine and Debian: busybox, and an `apk` that can do one thing. Both architectures have this machine's programs: what is
# run while an image is built needs no emulator then.
small_stand_in() {
    local root=$work/small name
    mkdir -p "$root/bin" "$root/usr/bin" "$root/tmp" "$root/var"
    cp /bin/busybox "$root/bin/"
    for name in sh cat cp chmod echo env; do ln -s busybox "$root/bin/$name"; done
    cat >"$root/bin/apk" <<'APK'
#!/bin/sh
[ "$*" = 'add --no-cache ffmpeg openssh-client rsync' ] || { echo "apk cannot do: $*"; exit 1; }
for name in ffmpeg ssh rsync; do
    printf '#!/bin/sh\necho %s version stand-in\n' $name >/usr/bin/$name
    chmod 755 /usr/bin/$name
done
APK
    chmod 755 "$root/bin/apk"
    for name; do serve "$name" "$root" --change 'ENV PATH=/usr/bin:/bin'; done
}

# Stands in for rust:alpine: nothing but names; the toolchain and the crates are those of this machine. Crates are found where they are
# on this machine, so that the build shares what is compiled already. PROFILE there wins over the Containerfile's default.
builder_stand_in() {
    local root=$work/builder name cargo_home=${CARGO_HOME:-$HOME/.cargo}
    mkdir -p "$root/etc" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/host/usr" "$root/opt/rust" "$root$cargo_home/registry"
    chmod 1777 "$root/tmp"
    ln -s host/usr "$root/usr"
    for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
    cp -a /etc/alternatives "$root/etc/"
    echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
    serve "$1" "$root" --change 'ENV PATH=/opt/rust/bin:/usr/sbin:/usr/bin' --change "ENV CARGO_HOME=$cargo_home" \
        --change 'ENV CARGO_NET_OFFLINE=true' --change "ENV PROFILE=$profile"
    mkdir -p target
    cargo fetch --quiet --locked
    {
        printf '[containers]\nvolumes = ["/usr:/host/usr:ro", "%s:/opt/rust:ro", "%s:%s:ro", "%s:/src/target"]\n' \
            "$(rustc --print sysroot)" "$cargo_home/registry" "$cargo_home/registry" "$PWD/target"
        sed 1d "$work/containers.conf"
    } >"$work/build.conf"
}

# Some machines need another runtime and lower limits than podman asks for (an old layout of control groups, no CAP_SYS_RESOURCE), or
# have no networks for containers. Where podman runs as it is, it is left as it is.
choose_settings() {
    local said network
    printf '[containers]\n' >"$work/containers.conf"
    cp "$work/containers.conf" "$work/build.conf"
    said=$(runs) && return 0
    export CONTAINERS_CONF=$work/containers.conf
    for network in '' 'netns = "none"'; do
        cat >"$work/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
$network
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
        said=$(runs) && return 0
    done
    unavailable "$(tail -n 1 <<<"$said")"
}
runs() { podman run --rm --cpus=1 --memory=64m "$alpine" /bin/echo yes 2>&1; }
