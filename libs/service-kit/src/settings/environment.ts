/** Names and values as the shell gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The only place that reads `process.env`. A name with an empty value counts as absent: compose files and charts write it so. */
export const environment = (): Environment => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
