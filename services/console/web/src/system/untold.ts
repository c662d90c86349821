/** No event tells how services, deliveries, replays and reports go on: they are asked again. */
export const UNTOLD = { everyMs: 3_000 } as const;
