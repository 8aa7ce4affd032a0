# Exports onto a disk that is full. Sourced by `run`.

check_full_disk() {
    local disk=$scratch/disk before said
    mkdir "$disk"
    mount -t tmpfs -o size=8m,mode=777 tmpfs "$disk"
    "$program" export "$disk/site" >/dev/null
    before=$(find "$disk/site" -type f -exec sha256sum {} + | sort)
    head -c 8m /dev/zero >"$disk/filler" 2>/dev/null || true
    if said=$("$program" export "$disk/site" --replace 2>&1); then
        fail 'an export onto a full disk succeeds'
    fi
    [[ $said == *'the disk is full' && $(wc -l <<<"$said") == 1 ]] || fail "it says: $said"
    [[ $(find "$disk/site" -type f -exec sha256sum {} + | sort) == "$before" ]] ||
        fail 'the earlier export was harmed'
    [[ $(ls -A "$disk") == $'filler\nsite' ]] || fail "it leaves $(ls -A "$disk")"
    rm "$disk/filler"
    "$program" export "$disk/site" --replace >/dev/null || fail 'with room again it fails'
    if said=$("$program" export "$disk" --replace 2>&1); then
        fail 'a mounted file system was exchanged'
    fi
    [[ $said == *'name a folder within it' ]] || fail "it says: $said"
    rm -r "$disk/site"
    if said=$("$program" export "$disk" 2>&1); then
        fail 'a mounted file system was exchanged'
    fi
    [[ $said == *'name a folder within it' ]] || fail "it says: $said"
    umount "$disk"
    passes 'a full disk is told in one line, and the earlier export stays'
}
