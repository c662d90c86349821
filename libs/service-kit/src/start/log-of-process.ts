import type { Logger } from 'pino';
import { logger } from '../logging';
import type { CommonSettings } from '../settings/common';
import { openConnections } from '../settings/encryption';

/** The log of a process that starts. It begins with a warning of what crosses a network for all to read. */
export const logOfProcess = (settings: CommonSettings): Logger => {
  const log = logger(settings.LOG_LEVEL);
  for (const line of openConnections(settings)) log.warn(line);
  return log;
};
