/**
 * Forms of Redis commands, each compared on the mock and a real Redis, by a plain client and by the watched one. A line is played
 * on an empty database: its commands, separated by ` ; `, in order. Words with spaces stand in quotes.
 */
const strings = `
GET a
SET a 1 ; GET a
SET a "" ; GET a ; STRLEN a
SET a ü ; GET a ; STRLEN a ; GETRANGE a 0 0
SET a 1 EX 100 ; TTL a
set a 1 ex 100 ; ttl a
SET a 1 eX 100 nX ; TTL a ; SET a 2 nX ; GET a
SET a 1 PX 99900 ; TTL a
SET a 1 EXAT 99999999999 ; GET a
SET a 1 PXAT 99999999999999 ; GET a
SET a 1 EXAT 1 ; EXISTS a
SET a 1 NX ; SET a 2 NX ; GET a
SET a 1 XX ; GET a
SET a 1 ; SET a 2 XX ; GET a
SET a 1 GET
SET a 1 ; SET a 2 GET ; GET a
SET a 1 ; SET a 2 NX GET ; GET a
SET a 1 XX GET ; GET a
RPUSH a x ; SET a 1 GET ; TYPE a
RPUSH a x ; SET a 1 ; TYPE a
SET a 1 EX 100 ; SET a 2 KEEPTTL ; TTL a
SET a 1 EX 100 ; SET a 2 keepttl ; TTL a
SET a 1 EX 100 ; SET a 2 ; TTL a
SET a 1 KEEPTTL EX 10
SET a 1 EX 10 KEEPTTL
SET a 1 EX 10 PX 10
SET a 1 NX XX
SET a 1 XX NX
SET a 1 NX NX
SET a 1 EX
SET a 1 EX 0
SET a 1 EX -5
SET a 1 EX 1.5
SET a 1 EX abc
SET a 1 EX 99999999999999999
SET a 1 EX 9999999999999999999999
SET a 1 PX 0
SET a 1 EXAT -1
SET a 1 FOO
SET a 1 2
SET a 1 [object Object]
SET a
SET
SETEX a 100 1 ; TTL a
SETEX a 0 1
SETEX a -1 1
SETEX a 1.5 1
SETEX a x 1
SETEX a 100
PSETEX a 99900 1 ; TTL a
PSETEX a 0 1
SETNX a 1 ; SETNX a 2 ; GET a
SET a 1 EX 100 ; GETSET a 2 ; TTL a
RPUSH a x ; GETSET a 2
SET a 1 ; GETDEL a ; EXISTS a
GETDEL a
RPUSH a x ; GETDEL a ; EXISTS a
SET a 1 ; GETEX a EX 100 ; TTL a
SET a 1 EX 100 ; GETEX a PERSIST ; TTL a
SET a 1 EX 100 ; GETEX a ; TTL a
SET a 1 ; GETEX a EX 0
SET a 1 ; GETEX a EX 1 PERSIST
GETEX a EX 0
GETEX a FOO
SET a 1 ; SET b 2 ; MGET a b c
RPUSH l x ; MGET l
MGET
MSET a 1 b 2 ; MGET a b
SET a 1 EX 100 ; MSET a 2 ; TTL a
MSET a 1 b
MSETNX a 1 b 2 ; MSETNX b 3 c 4 ; MGET a b c
APPEND a x ; APPEND a yz ; GET a
SET a 1 EX 100 ; APPEND a 2 ; TTL a
INCR a ; INCR a ; GET a
SET a 5 EX 100 ; INCR a ; TTL a
SET a x ; INCR a
SET a 1.5 ; INCR a
SET a " 1" ; INCR a
SET a 01 ; INCR a
SET a 9223372036854775807 ; INCR a ; GET a
SET a -9223372036854775808 ; DECR a
RPUSH a x ; INCR a
INCRBY a 5 ; DECRBY a 7
INCRBY a x
INCRBY a 1.5
DECRBY a -9223372036854775808
INCRBYFLOAT a 0.1 ; INCRBYFLOAT a 0.2
INCRBYFLOAT a 3 ; GET a
INCRBYFLOAT a x
SET a x ; INCRBYFLOAT a 1
INCRBYFLOAT a 1e2
SET a hello ; GETRANGE a 1 3 ; GETRANGE a -3 -1 ; GETRANGE a 9 12 ; GETRANGE a 3 1
SET a hello ; GETRANGE a x 1
SETRANGE a 3 x ; STRLEN a
SETRANGE a -1 x
SET a hello ; SETRANGE a 1 EY ; GET a
GET
GET a b
RPUSH a x ; GET a
HSET a f v ; GET a
RPUSH a x ; STRLEN a
RPUSH a x ; APPEND a y
`;

const keys = `
DEL a
DEL
SET a 1 ; SET b 1 ; DEL a b c
SET a 1 ; UNLINK a b
SET a 1 ; EXISTS a ; EXISTS a a b
SET a 1 ; TOUCH a b
TYPE a
SET a 1 ; TYPE a
RPUSH a x ; TYPE a
SADD a x ; TYPE a
HSET a f v ; TYPE a
ZADD a 1 x ; TYPE a
SET a 1 EX 100 ; RENAME a b ; TTL b ; EXISTS a
SET a 1 ; SET b 2 EX 100 ; RENAME a b ; TTL b ; GET b
RENAME a b
SET a 1 ; RENAME a a ; GET a
SET a 1 ; RENAMENX a b ; GET b
SET a 1 ; SET b 2 ; RENAMENX a b ; GET b
RENAMENX a b
RPUSH a x y ; RENAME a b ; LRANGE b 0 -1
SET a 1 EX 100 ; COPY a b ; TTL b ; GET b
SET a 1 ; SET b 2 ; COPY a b ; COPY a b REPLACE ; GET b
COPY a b
SET a 1 ; COPY a a
SET a 1 ; COPY a b FOO
RPUSH a x ; COPY a b ; RPUSH b y ; LRANGE a 0 -1
SET a 1 ; SET ab 1 ; SET b 1 ; KEYS a* ; KEYS * ; KEYS ? ; KEYS [a-b] ; KEYS [^a] ; KEYS \\\\a
SET a*b 1 ; SET axb 1 ; KEYS "a\\\\*b"
KEYS
KEYS a b
SET sess:1 1 ; SET sess:2 1 ; SET other 1 ; SCAN 0 MATCH sess:* COUNT 1000
SET a 1 ; RPUSH l x ; SCAN 0 COUNT 1000 ; SCAN 0 TYPE list COUNT 1000
SCAN
SCAN x
SCAN 0 COUNT 0
SCAN 0 COUNT x
SCAN 0 MATCH
SCAN 0 FOO 1
DBSIZE ; SET a 1 ; DBSIZE
DBSIZE x
RANDOMKEY ; SET a 1 ; RANDOMKEY
SET a 1 ; FLUSHDB ; EXISTS a
SET a 1 ; FLUSHALL ; DBSIZE
SET a 1 ; FLUSHALL ASYNC ; DBSIZE
FLUSHALL FOO
FLUSHDB SYNC ASYNC
`;

const lifetimes = `
TTL a ; PTTL a ; EXPIRETIME a ; PEXPIRETIME a
SET a 1 ; TTL a ; PTTL a ; EXPIRETIME a
SET a 1 ; EXPIRE a 100 ; TTL a
SET a 1 ; PEXPIRE a 1900 ; TTL a
SET a 1 ; PEXPIRE a 1400 ; TTL a
SET a 1 ; PEXPIRE a 400 ; TTL a
SET a 1 ; EXPIREAT a 99999999999 ; EXPIRETIME a ; PEXPIRETIME a
SET a 1 ; PEXPIREAT a 99999999999500 ; EXPIRETIME a ; PEXPIRETIME a
SET a 1 ; EXPIREAT a 1 ; EXISTS a
SET a 1 ; EXPIRE a 0 ; EXISTS a
SET a 1 ; EXPIRE a -1 ; EXISTS a
SET a 1 ; EXPIRE a 1.5
SET a 1 ; EXPIRE a x
SET a 1 ; EXPIRE a
SET a 1 ; EXPIRE a 99999999999999999
SET a 1 ; EXPIRE a 100 FOO
EXPIRE a 100
SET a 1 ; EXPIRE a 100 NX ; EXPIRE a 200 NX ; TTL a
SET a 1 ; EXPIRE a 100 XX ; TTL a
SET a 1 EX 100 ; EXPIRE a 200 xx ; TTL a
SET a 1 EX 100 ; EXPIRE a 200 GT ; TTL a ; EXPIRE a 50 GT ; TTL a
SET a 1 EX 100 ; EXPIRE a 50 LT ; TTL a ; EXPIRE a 200 LT ; TTL a
SET a 1 ; EXPIRE a 100 GT ; TTL a
SET a 1 ; EXPIRE a 100 LT ; TTL a
SET a 1 ; EXPIRE a 100 NX GT
SET a 1 ; EXPIRE a 100 GT LT
SET a 1 EX 100 ; EXPIRE a 50 XX LT ; TTL a
SET a 1 EX 100 ; PERSIST a ; TTL a ; PERSIST a
PERSIST a
HSET a f v ; EXPIRE a 100 ; HSET a g w ; TTL a
`;

const hashes = `
HSET a f v ; HGET a f ; HGET a g ; HGET b f
HSET a f v g w ; HSET a f x h y ; HGETALL a
HSET a f
HSET a f v g
HSET a 2 b 1 a ; HGETALL a
HSET a __proto__ x constructor y ; HGETALL a ; HKEYS a
HMSET a f v g w ; HMGET a f x g
HMGET a
HMGET b f g
HSETNX a f v ; HSETNX a f w ; HGET a f
HGETALL a
HKEYS a ; HVALS a ; HLEN a
HSET a f v g w ; HKEYS a ; HVALS a ; HLEN a ; HEXISTS a f ; HEXISTS a x ; HSTRLEN a f
HSET a f v ; HDEL a f x ; EXISTS a
HDEL a f
HINCRBY a n 5 ; HINCRBY a n -7
HSET a n x ; HINCRBY a n 1
HINCRBY a n x
HINCRBY a n 1.5
HINCRBYFLOAT a n 1.5 ; HINCRBYFLOAT a n 1.5
HSET a n x ; HINCRBYFLOAT a n 1
HSET a f v ; HSCAN a 0 ; HSCAN a 0 MATCH g*
HSCAN a x
HRANDFIELD a ; HSET a f v ; HRANDFIELD a ; HRANDFIELD a 2 WITHVALUES
SET a 1 ; HSET a f v
SET a 1 ; HGET a f
SET a 1 ; HGETALL a
SET a 1 ; HDEL a f
`;

const lists = `
RPUSH a 1 2 3 ; LPUSH a 0 ; LRANGE a 0 -1 ; LRANGE a 1 2 ; LRANGE a -2 -1 ; LRANGE a 5 9 ; LLEN a
LRANGE a 0 -1 ; LLEN a
RPUSH a 1 ; LRANGE a x 1
RPUSH a
RPUSHX a 1 ; LPUSHX a 1 ; RPUSH a 1 ; RPUSHX a 2 ; LPUSHX a 0 ; LRANGE a 0 -1
RPUSH a 1 2 3 ; LPOP a ; RPOP a ; LPOP a ; EXISTS a ; LPOP a
RPUSH a 1 2 3 ; LPOP a 2 ; RPOP a 5 ; RPOP a 1
LPOP a 1
RPUSH a 1 ; LPOP a 0
RPUSH a 1 ; LPOP a -1
LPOP a 1 2
RPUSH a x y z ; LINDEX a 1 ; LINDEX a -1 ; LINDEX a 9 ; LINDEX a x
RPUSH a x y ; LSET a 1 z ; LSET a 5 z ; LRANGE a 0 -1
LSET a 0 x
RPUSH a x z ; LINSERT a BEFORE z y ; LINSERT a after nope 1 ; LRANGE a 0 -1
LINSERT a BEFORE x y
RPUSH a x ; LINSERT a WHERE x y
RPUSH a x y x y x ; LREM a 2 x ; LRANGE a 0 -1
RPUSH a x y x y x ; LREM a -2 x ; LRANGE a 0 -1
RPUSH a x x ; LREM a 0 x ; EXISTS a
RPUSH a 1 2 3 4 ; LTRIM a 1 2 ; LRANGE a 0 -1 ; LTRIM a 5 6 ; EXISTS a
RPUSH a 1 2 ; LMOVE a b LEFT RIGHT ; LMOVE a b RIGHT LEFT ; LRANGE b 0 -1 ; EXISTS a
LMOVE a b LEFT UP
RPUSH a 1 2 ; RPOPLPUSH a b ; RPOPLPUSH a a ; RPOPLPUSH none b
RPUSH a 1 ; SET b x ; RPOPLPUSH a b ; LRANGE a 0 -1
SET a 1 ; RPUSH a x
SET a 1 ; LRANGE a 0 -1
SET a 1 ; LPOP a
RPUSH b 1 ; BLPOP a b 1 ; BRPOP a 0.01
RPUSH a 1 ; BLMOVE a b LEFT LEFT 1 ; BRPOPLPUSH b c 1 ; LRANGE c 0 -1
BLPOP a x
BLPOP a -1
BLPOP a
`;

const sets = `
SADD a x y x ; SADD a y z ; SCARD a ; SMEMBERS a
SMEMBERS a ; SCARD a
SADD a
SADD a x ; SREM a x y ; EXISTS a
SADD a x ; SISMEMBER a x ; SISMEMBER a y ; SMISMEMBER a x y
SADD a x ; SMOVE a b x ; SMOVE a b x ; SMEMBERS b ; EXISTS a
SPOP a ; SADD a x ; SPOP a ; EXISTS a
SADD a x y ; SPOP a 5 ; SPOP a 1
SPOP a -1
SADD a x ; SRANDMEMBER a ; SRANDMEMBER a 3 ; SRANDMEMBER a -2 ; SRANDMEMBER b ; SRANDMEMBER b 2
SADD a x y ; SADD b y z ; SINTER a b ; SUNION a b ; SDIFF a b ; SINTER a c
SADD a x y ; SADD b y z ; SINTERSTORE c a b ; SMEMBERS c ; SUNIONSTORE c a b ; SDIFFSTORE c a a ; EXISTS c
SADD a x ; SSCAN a 0 ; SSCAN a 0 MATCH y*
SET a 1 ; SADD a x
SET a 1 ; SISMEMBER a x
SADD a x ; SET b 1 ; SUNION a b
`;

const sortedSets = `
ZADD a 1 x 2 y ; ZADD a 3 x ; ZSCORE a x ; ZCARD a ; ZRANGE a 0 -1 WITHSCORES
ZADD a NX 1 x ; ZADD a NX 5 x ; ZADD a XX 5 y ; ZRANGE a 0 -1 WITHSCORES
ZADD a 1 x ; ZADD a GT 5 x ; ZADD a LT 9 x ; ZSCORE a x
ZADD a CH 1 x 2 y ; ZADD a ch 1 x 3 y
ZADD a INCR 5 x ; ZADD a INCR 2 x ; ZADD a NX INCR 2 x
ZADD a NX XX 1 x
ZADD a GT LT 1 x
ZADD a INCR 1 x 2 y
ZADD a 1
ZADD a x y
ZADD a 1 x 2
ZADD a 1.5 x inf y -inf z ; ZRANGE a 0 -1 WITHSCORES
ZADD a 1e3 x 0.1 y 1700000000000 z ; ZRANGE a 0 -1 WITHSCORES
ZINCRBY a 2 x ; ZINCRBY a 0.5 x
ZINCRBY a x y
ZADD a 1 x ; ZREM a x y ; EXISTS a
ZREM a x
ZSCORE a x ; ZMSCORE a x y
ZADD a 1 x ; ZMSCORE a x y
ZADD a 1 x 2 y ; ZRANK a y ; ZREVRANK a y ; ZRANK a z
ZADD a 1 x 2 y 3 z ; ZRANGE a 0 1 ; ZRANGE a 0 1 REV ; ZREVRANGE a 0 0 WITHSCORES ; ZRANGE a -1 -1
ZADD a 1 x 2 y 3 z ; ZRANGE a (1 3 BYSCORE ; ZRANGE a 3 (1 BYSCORE REV ; ZRANGE a -inf +inf BYSCORE LIMIT 1 1
ZADD a 1 x 2 y ; ZRANGEBYSCORE a 1 2 WITHSCORES ; ZRANGEBYSCORE a -inf (2 ; ZREVRANGEBYSCORE a +inf -inf LIMIT 0 1
ZADD a 1.5 x 2.5 y ; ZCOUNT a 1.2 2 ; ZRANGEBYSCORE a 1.6 2.6
ZADD a 0 a 0 b 0 c ; ZRANGEBYLEX a [b + ; ZRANGE a - (b BYLEX ; ZLEXCOUNT a - + ; ZREMRANGEBYLEX a - [a
ZRANGE a 0 1 LIMIT 0 1
ZRANGE a x 1
ZRANGE a 0 1 FOO
ZRANGEBYSCORE a x 1
ZRANGEBYLEX a b c
ZADD a 1 x 2 y 3 z ; ZPOPMIN a ; ZPOPMAX a 5 ; ZPOPMIN a
ZADD a 1 x 2 y 3 z ; ZREMRANGEBYRANK a 0 0 ; ZREMRANGEBYSCORE a 3 3 ; ZRANGE a 0 -1
ZADD a 1 x 2 y ; ZREMRANGEBYRANK a 0 -1 ; EXISTS a
ZADD a 1 x ; ZSCAN a 0
SET a 1 ; ZADD a 1 x
SET a 1 ; ZRANGE a 0 -1
`;

const scripts = `
EVAL "return {KEYS[1] == false, ARGV[1], #ARGV}" 1 a x y
SET a 1 ; EVAL "return redis.call('GET', KEYS[1])" 1 a
EVAL "return redis.call('GET', KEYS[1])" 1 a
EVAL "return redis.call('SET', KEYS[1], ARGV[1], 'ex', 100)" 1 a v ; TTL a
EVAL "return {1, 2.9, 'x', true, false, nil, 3}" 0
EVAL "return {ok = 'FINE'}" 0
EVAL "return redis.error_reply('MY problem')" 0
EVAL "return redis.status_reply('FINE')" 0
SET a x ; EVAL "return redis.call('INCR', KEYS[1])" 1 a
SET a x ; EVAL "return redis.pcall('INCR', KEYS[1])" 1 a
SET a x ; EVAL "local r = redis.pcall('INCR', KEYS[1]) return r.err" 1 a
EVAL "return redis.call('SET', KEYS[1])" 1 a
EVAL "return redis.call('NOSUCH', KEYS[1])" 1 a
EVAL "local t = redis.call('HGETALL', KEYS[1]) return #t" 1 a
ZADD a 1 x 2 y ; EVAL "return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')" 1 a
EVAL "return cjson.encode({1, 2, 'x'})" 0
EVAL "return cjson.decode(ARGV[1]).user.id" 0 "{\\"user\\":{\\"id\\":7}}"
EVAL "return cjson.decode(ARGV[1]).name" 0 "{\\"name\\":\\"ü\\"}"
EVAL "return foo" 0
EVAL "foo = 1" 0
EVAL "return (" 0
EVAL "error('no')" 0
EVAL "return 1" 2 a
EVAL "return 1" -1
EVAL "return 1" x
EVAL "return 1"
EVAL "return redis.sha1hex('')" 0
EVAL "return tonumber('10') + 1" 0
EVAL "return tostring(10)" 0
EVAL "if redis.call('EXISTS', KEYS[1]) == 1 then return 'there' else return 'none' end" 1 a
EVALSHA 0123456789012345678901234567890123456789 0
SCRIPT LOAD "return 7" ; EVALSHA e1b9ddcb3b6a3a8a20d5e5d7b2a5a25f2dd3de0b 0
`;

const connection = `
PING
PING hello
PING a b
ECHO hello
ECHO
MULTI ; SET a 1 ; INCR a ; GET a ; EXEC
MULTI ; INCR a x ; EXEC
MULTI ; SET a x ; INCR a ; GET a ; EXEC
MULTI ; SET a 1 ; DISCARD ; GET a
MULTI ; MULTI ; EXEC
MULTI ; WATCH a ; EXEC
EXEC
DISCARD
WATCH a ; SET a 1 ; MULTI ; GET a ; EXEC
SET a 1 EX 100 ; WATCH a ; EXPIRE a 50 ; MULTI ; GET a ; EXEC
SET a 1 ; WATCH a ; GET a ; MULTI ; GET a ; EXEC
WATCH a ; SET a 1 ; UNWATCH ; MULTI ; GET a ; EXEC
WATCH a b ; SET b 1 ; MULTI ; GET b ; EXEC ; MULTI ; GET b ; EXEC
MULTI ; SET a 1 ; KEYS * ; DBSIZE ; RANDOMKEY ; EXEC
MULTI ; RPUSH l x ; BLPOP l 1 ; BLPOP l 1 ; EXEC
MULTI ; EVAL "return redis.call('SET', KEYS[1], 'x')" 1 a ; FLUSHDB ; EXEC
SELECT 0
PUBLISH channel text
PUBSUB CHANNELS
PUBSUB NUMSUB channel
CLIENT GETNAME
`;

const unknownToMock = `
RPUSH a x y ; LMPOP 2 b a LEFT ; BLMPOP 0.01 1 b LEFT ; BLMPOP 1 1 a LEFT
ZADD a 1 x 2 y ; ZMPOP 1 a MIN ; BZMPOP 1 1 a MAX ; BZPOPMIN a 0.01
ZADD a 1 x 2 y ; BZPOPMIN a 1 ; BZPOPMAX b a 1
XADD s 1-1 f v ; XREAD COUNT 1 STREAMS s 0 ; XLEN s ; XRANGE s - +
XADD s 1-1 f v ; XGROUP CREATE s g 0 ; XREADGROUP GROUP g c COUNT 1 STREAMS s > ; XACK s g 1-1 ; XINFO GROUPS s
XREAD BLOCK 10 STREAMS s $
RPUSH a 3 1 2 ; SORT a ; SORT a DESC LIMIT 0 2 ; SORT a STORE b ; LRANGE b 0 -1
RPUSH a 1 2 ; MSET w_1 9 w_2 8 name_1 one name_2 two ; SORT a BY w_* GET name_* GET # ; SORT a BY nosort
RPUSH a 1 ; HSET h_1 f v ; SORT a BY nosort GET h_*->f
SORT_RO a
SET a 1 ; OBJECT ENCODING a ; OBJECT REFCOUNT a
SET a 1 ; MEMORY USAGE none
ZADD a 1 x ; ZADD b 2 x 3 y ; ZUNIONSTORE c 2 a b ; ZRANGE c 0 -1 WITHSCORES ; ZINTER 2 a b ; ZDIFF 2 b a ; ZINTERCARD 2 a b
ZADD a 1 x 2 y ; ZRANGESTORE b a 0 0 ; ZRANGE b 0 -1 ; ZRANDMEMBER b
SADD a x y ; SADD b y ; SINTERCARD 2 a b
SETBIT a 7 1 ; GETBIT a 7 ; BITCOUNT a ; BITOP NOT b a ; BITPOS a 1 ; BITFIELD a GET u8 0
PFADD a x y ; PFCOUNT a ; PFMERGE b a ; PFCOUNT b
GEOADD g 13.36 38.11 p ; GEOSEARCHSTORE h g FROMLONLAT 15 37 BYRADIUS 200 km ; ZCARD h ; GEORADIUS g 15 37 200 km STORE i ; ZCARD i
MSET a ohmytext b mynewtext ; LCS a b
RPUSH a x y x ; LPOS a x RANK 2
SET a 1 ; DUMP none ; EVAL_RO "return redis.call('GET', KEYS[1])" 1 a
`;

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

/** Each a line as above. */
export const commandForms: readonly string[] = [
  strings,
  keys,
  lifetimes,
  hashes,
  lists,
  sets,
  sortedSets,
  scripts,
  connection,
].flatMap(linesOf);

/** The same, for what only a real Redis knows. */
export const formsOfRealRedis: readonly string[] = linesOf(unknownToMock);
