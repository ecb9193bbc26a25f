"""What the loop is asked to do."""
import argparse
import random

TARGET_FAULTS = ["500", "503", "429", "lost-before", "lost-after", "reset", "half", "slow", "late", "lag", "403"]
HOST_FAULTS = ["kill", "pause", "starve", "move", "flip", "cut", "commit", "restart"]
# What a minute has room for, and what everybody must be able to bear.
QUICK = ["500", "503", "lost-before", "lost-after", "reset", "half", "slow", "kill"]
QUICK_SCENARIOS = ["overlapping-sign-ins", "change-during-sign-in", "delete-during-create"]
SCENARIOS = [*QUICK_SCENARIOS, "return-during-disable", "policy-flip"]


def read(arguments=None):
    """The options; a run without --seed takes one and says which."""
    p = argparse.ArgumentParser(prog="overlap-loop.sh", description="Overlapping requests for the same people under faults, judged at the target.")
    p.add_argument("--host-dir", required=True, help="folder with the executable 'provisioning' and its plugins")
    p.add_argument("--backend", choices=["sqlite", "postgres"], default="sqlite")
    p.add_argument("--hosts", type=int, help="1 on SQLite, 3 on PostgreSQL without it")
    p.add_argument("--kills", type=int, default=1000, help="no more kill -9 than that")
    p.add_argument("--kill-turns", type=int, default=2, help="kills for each turn of the other faults of hosts")
    p.add_argument("--minutes", type=float, default=10, help="of load; coming to rest takes five more at most")
    p.add_argument("--users", type=int, default=24)
    p.add_argument("--lanes", type=int, default=4, help="people who are worked on at the same time")
    p.add_argument("--pace", type=float, default=0.3, help="seconds of rest between two episodes of a lane, at most")
    p.add_argument("--calm", type=float, default=45, help="seconds between two storms; refusals that nothing explains show only where it is longer than 35")
    p.add_argument("--storm", type=float, default=30, help="seconds that faults last")
    p.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    p.add_argument("--unique-names", choices=["yes", "no", "both"], default="both", help="whether the target refuses a name that is taken")
    p.add_argument("--faults", default="all", help="all, none, or a list with commas of: " + ", ".join(TARGET_FAULTS + HOST_FAULTS))
    p.add_argument("--same-name", action="store_true", help="all hosts have the same host name and process id (unshare)")
    p.add_argument("--scenario", choices=SCENARIOS, help="only this one, without any other fault")
    p.add_argument("--quick", action="store_true", help="about a minute: the scenarios, then calm and faults once")
    p.add_argument("--known", default="", help="columns of the table, with commas, that are told and do not fail the run")
    p.add_argument("--keep", action="store_true", help="keep the folder also when all is well")
    o = p.parse_args(arguments)
    o.faults = _faults(p, o)
    o.known = [x.strip() for x in o.known.split(",") if x.strip()]
    o.hosts = o.hosts or (1 if o.backend == "sqlite" else 3)
    if o.backend == "sqlite" and o.hosts > 1:
        p.error("SQLite is for one host")
    if o.quick:
        o.storm, o.calm = 16, 14
        o.minutes, o.kills, o.users, o.faults = 0.6, min(o.kills, 2), min(o.users, 20), [x for x in o.faults if x in QUICK]
    return o


def _faults(p, o):
    if o.faults in ("all", "none"):
        names = TARGET_FAULTS + HOST_FAULTS if o.faults == "all" else []
    else:
        names = [x.strip() for x in o.faults.split(",") if x.strip()]
    unknown = [x for x in names if x not in TARGET_FAULTS + HOST_FAULTS]
    if unknown:
        p.error(f"--faults: '{', '.join(unknown)}' is unknown; there are {', '.join(TARGET_FAULTS + HOST_FAULTS)}")
    return [x for x in names if o.backend == "postgres" or x not in ("cut", "commit", "restart")]
