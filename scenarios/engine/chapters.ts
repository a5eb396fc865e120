/** The chapters of the catalogue, in reading order. */
export const chapters = ['cookie', 'login', 'cross-site', 'lifetime', 'logout', 'store', 'running'] as const;
