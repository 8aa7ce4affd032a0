-- For wrk: asks for a view that nobody has asked for each time when SERIAL is set, for the plain form
-- when PLAIN is set, and prints one line of figures under the name in WHAT.

local serial = os.getenv("SERIAL")
local count = 0
local fixed

function init()
  if os.getenv("PLAIN") then wrk.headers["Accept-Encoding"] = nil end
  fixed = wrk.format()
end

function request()
  if not serial then return fixed end
  count = count + 1
  return wrk.format(nil, wrk.path .. "&edition=" .. serial .. "-" .. count)
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("%s %.0f %d %d %d %d", os.getenv("WHAT"),
    summary.requests * 1e6 / summary.duration, latency:percentile(50), latency:percentile(99),
    summary.bytes / summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
