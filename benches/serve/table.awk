# Makes the table of what `run` measured: medians over the rounds, and the ratios that count.

function median(list, count,    i, j, held) {
    for (i = 2; i <= count; i++) {
        held = list[i]
        for (j = i - 1; j > 0 && list[j] > held; j--) list[j + 1] = list[j]
        list[j + 1] = held
    }
    return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

function middle(what, field,    i, list) {
    for (i = 1; i <= rounds[what]; i++) list[i] = value[what, i, field]
    return median(list, rounds[what])
}

# The ratio within each round, since rounds differ more than servers do.
function ratio(one, other,    i, list) {
    for (i = 1; i <= rounds[one]; i++) list[i] = value[one, i, 2] / value[other, i, 2]
    return median(list, rounds[one])
}

function goal(text, is, at_least) {
    printf "%-52s %6.2f   goal %.2f   %s\n", text, is, at_least, (is >= at_least ? "met" : "MISSED")
}

NF == 3 { memory[$1] = $2 " now, " $3 " at most"; next }

{
    if (!($1 in rounds)) order[++kinds] = $1
    n = ++rounds[$1]
    for (field = 2; field <= NF; field++) value[$1, n, field] = $field
}

END {
    printf "\n%-18s %10s %9s %9s %9s %9s\n", "", "requests/s", "p50 us", "p99 us", "bytes", "failed"
    for (k = 1; k <= kinds; k++) {
        what = order[k]
        failed = 0
        for (i = 1; i <= rounds[what]; i++) failed += value[what, i, 6]
        printf "%-18s %10d %9d %9d %9d %9d\n", what, middle(what, 2), middle(what, 3), \
            middle(what, 4), middle(what, 5), failed
    }
    print "\nMemory in MiB"
    for (server in memory) printf "%-18s %s\n", server, memory[server]
    print "\nRatios of requests a second"
    goal("page, to a bare axum handler", ratio("page-ours", "page-bare"), 0.9)
    goal("page, to nginx", ratio("page-ours", "page-nginx"), 1.4)
    goal("page, to nginx with its open-file cache", ratio("page-ours", "page-nginx-cache"), 1.1)
    goal("304, to a bare axum handler", ratio("304-ours", "304-bare"), 0.9)
    goal("304, to nginx", ratio("304-ours", "304-nginx"), 1.4)
    goal("304, to nginx with its open-file cache", ratio("304-ours", "304-nginx-cache"), 1.1)
    goal("p99 of nginx, to ours", middle("page-nginx", 4) / middle("page-ours", 4), 1)
    goal("a comparison worked out, to a ready page", ratio("compare-new", "compare-ready"), 0.25)
    goal("the same, plain", ratio("plain-new", "plain-ready"), 0.25)
    goal("a comparison out of the store, to a ready page", ratio("compare-stored", "compare-ready"), 0.9)
    goal("the same, plain", ratio("plain-stored", "plain-ready"), 0.9)
}
