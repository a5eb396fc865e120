/**
 * Proxies between us and the internet, counted from us. Ours is one, the one that ends TLS: what it says of the scheme and the
 * visitor's address (X-Forwarded-Proto, X-Forwarded-For) is believed, and what was written there further out is not. With none,
 * the app takes every request for plain http; with `true`, it believes whatever the visitor has written.
 */
export const trustedProxies: number | boolean = 1;
