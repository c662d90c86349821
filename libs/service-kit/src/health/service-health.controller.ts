import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/answers';
import { requireService, unknownService } from '../operations';
import type { ServiceHealth } from './health';
import { serviceHealth } from './health.answers';

export const SERVICE_HEALTHS = Symbol('health of each service');

/** How each service of this process is, by the service's name. */
export type ServiceHealths = ReadonlyMap<string, () => Promise<ServiceHealth>>;

/** What probes are told, of one service and with more, for people: readiness at a common entrance says no more than that somebody answers. */
@ApiTags('operations')
@Controller('operations/:service/health')
export class ServiceHealthController {
  constructor(@Inject(SERVICE_HEALTHS) private readonly healths: ServiceHealths) {}

  @Get()
  @ApiOperation({ summary: 'How a service is: what its parts say, how far behind its listeners are, and what waits for a person.' })
  @Answers(200, serviceHealth, { refuses: unknownService })
  look(@Param('service') service: string): Promise<ServiceHealth> {
    return requireService(this.healths, service)();
  }
}
