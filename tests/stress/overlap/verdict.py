"""The table and the last line."""
from collections import Counter

_SHOWN = 4
_WRONG = ["doubles", "orphans", "wrong access", "stale", "inherited", "lost writes", "group members", "overlapping calls", "false allowances", "false refusals",
          "412 without If-Match", "answers 5xx", "ended with success", "unfinished", "scenario", "harness"]


class Verdict:
    def __init__(self, options):
        self.options = options

    def _failing(self, journal):
        return Counter(kind for kind, _ in journal.wrong if kind not in self.options.known)

    def is_ok(self, journal):
        return not self._failing(journal)

    def tell(self, journal, judge):
        o, n = self.options, journal.counts
        effects = sum(v for k, v in n.items() if k.endswith("s at targets"))
        lost = sum(n[f"fault {x}"] for x in ("lost-before", "lost-after", "reset", "half"))
        target_faults = sum(v for k, v in n.items() if k.startswith("fault ")) - sum(n[f"fault {x}"] for x in ("kill", "pause", "starve", "move", "flip", "cut", "commit", "restart"))
        rows = {
            "kills": n["fault kill"], "pauses": n["fault pause"], "starved / moved": f"{n['fault starve']} / {n['fault move']}", "policy flips": n["fault flip"],
            "database cuts / commits lost / restarts": f"{n['fault cut']} / {n['fault commit']} / {n['fault restart']}",
            "faults of targets": target_faults, "answers of targets lost": lost, "answers of hosts lost": n["answers of hosts lost"], "answers 503": n["answers 503"],
            "hosts that ended by themselves": n["hosts that ended by themselves"],
            "episodes": n["episodes"], "acknowledged writes": n["acknowledged writes"], "sign-ins allowed / refused": f"{n['sign-ins allowed']} / {n['sign-ins refused']}",
            "creates / updates / other effects at targets": f"{n['creates at targets']} / {n['updates at targets']} / {effects - n['creates at targets'] - n['updates at targets']}",
            "leavers beside newcomers": n["leavers beside newcomers"],
            "parked, tried again at the end": len(judge.parked) if judge else 0,
            **{x: n[x] for x in _WRONG}}
        width = max(map(len, rows))
        for name, value in rows.items():
            print(f"| {name.ljust(width)} | {value}")
        if judge:
            for cause, count in Counter(judge.parked.values()).most_common(6):
                print(f"parked {count} times: {cause}")
        shown = Counter()
        for kind, text in journal.wrong:
            shown[kind] += 1
            if shown[kind] <= _SHOWN:
                print(f"  {kind}: {text}")
        what = f"overlap loop on {o.backend} with {o.hosts} host{'s' if o.hosts > 1 else ''}, seed {o.seed}{', ' + o.scenario if o.scenario else ''}"
        reasons = ", ".join(f"{count} {kind}" for kind, count in self._failing(journal).items())
        print(f"not ok {what}: {reasons}" if reasons else f"ok {what}: the targets have what was acknowledged, once", flush=True)
