import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/access';
import { Answers } from '../http/answers';
import type { Health, Live, Readiness } from './health';
import { live, readiness } from './health.answers';

export const HEALTH = Symbol('health');

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH) private readonly health: Health) {}

  @Get('live')
  @Public('probe')
  @ApiOperation({ summary: 'Whether the process runs.' })
  @Answers(200, live)
  live(): Live {
    return { status: 'live' };
  }

  @Get('ready')
  @Public('probe')
  @ApiOperation({ summary: 'Whether it can answer requests, with what each of its parts says.' })
  @Answers([200, 503], readiness)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const found = await this.health.ready();
    if (found.status !== 'ready' && found.status !== 'degraded') void reply.code(503);
    return found;
  }
}
