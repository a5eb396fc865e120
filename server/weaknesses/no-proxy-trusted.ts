/** Express's default. Behind a proxy that ends TLS every request then looks like plain http. */
export const trustedProxies = false;
