import { bool } from 'envalid';
import { openBrokers } from '../kafka/settings';
import { openDatabases } from '../postgres/settings';
import { StartFailure } from '../start/failure';
import type { SettingsSpec } from './settings';

export interface EncryptionSettings {
  readonly REQUIRE_TLS: boolean;
}

export const encryptionSpec: SettingsSpec<EncryptionSettings> = {
  REQUIRE_TLS: bool({
    desc: 'whether a process refuses to start that would reach Kafka, Postgres or KurrentDB over a network unencrypted, or whoever answers for them. Without it that is a warning.',
    default: false,
  }),
};

type Connections = Parameters<typeof openBrokers>[0] & Parameters<typeof openDatabases>[0];

/** What crosses a network for all to read; nothing where every connection is guarded or stays on this machine. */
export const openConnections = (settings: Connections): readonly string[] => [...openDatabases(settings), ...openBrokers(settings)];

/** Where somebody demands it, what is else a warning keeps the process from starting. */
export const requireEncrypted = (settings: EncryptionSettings & Connections): void => {
  const lines = settings.REQUIRE_TLS ? openConnections(settings) : [];
  if (lines.length > 0) throw new StartFailure(lines.map((line) => `${line} REQUIRE_TLS demands it.`));
};
