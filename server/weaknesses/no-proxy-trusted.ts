/** Express's default. Behind a reverse proxy that ends TLS, every request then looks like plain HTTP. */
export const trustedProxies = false;
