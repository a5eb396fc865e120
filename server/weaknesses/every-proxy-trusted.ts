/** Believes whatever stands in X-Forwarded-For, the visitor's own lines included. */
export const trustedProxies = true;
