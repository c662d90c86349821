import type { DynamicModule } from '@nestjs/common';
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

export const rootModule = (services: readonly OpenService[], health: Health): DynamicModule => ({
  module: Root,
  imports: services.map(moduleOf),
  controllers: [HealthController],
  providers: [{ provide: HEALTH, useValue: health }],
});
