import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Health, Readiness } from './health';

export const HEALTH = Symbol('health');

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH) private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs.' })
  @ApiOkResponse({ description: 'It does.' })
  live(): { readonly status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether it can answer requests, with what each of its parts says.' })
  @ApiOkResponse({ description: 'It can; `degraded` when a part that is not vital has trouble.' })
  @ApiServiceUnavailableResponse({ description: 'It cannot, or is about to stop.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.ready();
    if (readiness.status === 'unavailable' || readiness.status === 'stopping') void reply.code(503);
    return readiness;
  }
}
