/** What the mock uses of fengari, which has no types. It is the C API of Lua 5.3. */
declare module 'fengari' {
  type Api = Record<string, (...args: unknown[]) => never>;
  const fengari: {
    lua: Api & { LUA_MULTRET: number; LUA_REGISTRYINDEX: number; LUA_RIDX_GLOBALS: number };
    lauxlib: Api;
    lualib: Api;
  };
  export default fengari;
}
