import { postgresDeadLetters } from '@cartage/messaging';
import type { DynamicModule } from '@nestjs/common';
import { DEAD_LETTER_DESKS, DeadLettersController, type DeadLetterDesks } from '../dead-letters/dead-letters.controller';
import { HEALTH, HealthController } from '../health/health.controller';
import type { Health } from '../health/health';
import type { OpenService } from './open-service';

class Root {}

/** A module of its own for each service, so that none can be injected with another's parts. */
const moduleOf = ({ parts: { controllers, providers } }: OpenService): DynamicModule => ({
  module: class ServiceModule {},
  controllers: [...controllers],
  providers: [...providers],
});

const desksOf = (services: readonly OpenService[]): DeadLetterDesks =>
  new Map(services.map(({ service, pool }) => [service.name, postgresDeadLetters(pool)]));

export const rootModule = (services: readonly OpenService[], health: Health): DynamicModule => ({
  module: Root,
  imports: services.map(moduleOf),
  controllers: [HealthController, DeadLettersController],
  providers: [
    { provide: HEALTH, useValue: health },
    { provide: DEAD_LETTER_DESKS, useValue: desksOf(services) },
  ],
});
