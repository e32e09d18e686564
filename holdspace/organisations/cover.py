"""When a person is there to read: arithmetic on an organisation's hours of cover."""

import datetime as dt
from zoneinfo import ZoneInfo

Hours = list[list[object]]  # [weekday 0-6, "18:00", "22:00"], in the organisation's zone


def covered(hours: Hours, zone: str, moment: dt.datetime) -> bool:
    """Whether an aware `moment` lies within the hours."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    return any(
        day == local.weekday() and str(start) <= clock < str(end) for day, start, end in hours
    )


def next_start(hours: Hours, zone: str, moment: dt.datetime) -> dt.datetime | None:
    """The next beginning of cover after an aware `moment`, in `zone`; None without hours."""
    local = moment.astimezone(ZoneInfo(zone))
    starts = []
    for ahead in range(8):
        date = local.date() + dt.timedelta(days=ahead)
        for day, start, _end in hours:
            if day == date.weekday():
                time = dt.time.fromisoformat(str(start))
                starts.append(dt.datetime.combine(date, time, ZoneInfo(zone)))
    return min((s for s in starts if s > local), default=None)
