/** What Redis changes in Lua before scripts run. */
export const preparation = `
  local call = __call
  __call = nil
  redis = {
    call = function(...) return call(false, ...) end,
    pcall = function(...) return call(true, ...) end,
    error_reply = function(text) return {err = text} end,
    status_reply = function(text) return {ok = text} end,
    sha1hex = __sha1hex,
    log = function() end,
    replicate_commands = function() return true end,
    LOG_DEBUG = 0, LOG_VERBOSE = 1, LOG_NOTICE = 2, LOG_WARNING = 3,
  }
  __sha1hex = nil
  cjson = { decode = __decode, encode = __encode }
  __decode, __encode = nil, nil
  unpack, loadstring, math.pow = table.unpack, load, function(a, b) return a ^ b end
  table.getn = function(t) return #t end
  os = { clock = os.clock }
  io, require, package, dofile, loadfile, print, debug, utf8 = nil
  for _, name in ipairs({'cmsgpack', 'struct', 'bit'}) do
    _G[name] = setmetatable({}, {__index = function()
      error('The mock does not know ' .. name .. ' in scripts; switch to a real Redis.', 0)
    end})
  end
  local globals, protected = _G, {}
  local error, next, setmetatable, tostring, type = error, next, setmetatable, tostring, type
  local compile, set, get = load, rawset, rawget
  local function refuse() error('Attempt to modify a readonly table', 2) end
  local function readonly(original)
    local table = setmetatable({}, {
      __index = original,
      __newindex = refuse,
      __metatable = false,
      __pairs = function()
        local copy = {}
        for name, value in next, original do copy[name] = value end
        return next, copy, nil
      end,
    })
    protected[table] = original
    return table
  end
  function rawset(table, name, value)
    if protected[table] then refuse() end
    return set(table, name, value)
  end
  function rawget(table, name) return get(protected[table] or table, name) end
  function load(text, name, _, environment) return compile(text, name, 't', environment or globals._G) end
  loadstring = load
  getmetatable('').__metatable = false
  for name, value in next, globals do
    if type(value) == 'table' and value ~= globals then globals[name] = readonly(value) end
  end
  setmetatable(globals, {
    __index = function(_, name)
      error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
    end,
  })
  _G = readonly(globals)
  return _G
`;
