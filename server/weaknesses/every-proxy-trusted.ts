/** Believes everything in X-Forwarded-For, including what the visitor wrote there. */
export const trustedProxies = true;
