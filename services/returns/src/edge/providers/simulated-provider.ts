import type { ProviderAdapter } from '../../app/providers/provider';

/** Takes everything that it is told; what it says, people say for it (`POST …/notices`). */
export const simulatedProvider = (): ProviderAdapter => ({ tell: async () => undefined });
