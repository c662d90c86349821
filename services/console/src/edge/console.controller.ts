import { nullable, object, optional, text } from '@cartage/contracts';
import { answerOf, Answers, Public } from '@cartage/service-kit';
import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ConsoleTerms } from '../app/login';
import type { Asset, Bundle } from './bundle';
import { beingBuilt, pageHeaders } from './page';

export const BUNDLE = Symbol('the program as it was built');
export const TERMS = Symbol('what the program is told');

const terms = answerOf<ConsoleTerms>()(
  'ConsoleTerms',
  object({
    login: nullable(
      object({
        issuer: text('As `iss` of its tokens has it; its discovery document says where to go.'),
        clientId: text('The public client: authorization code with PKCE.'),
        scope: text(),
        audience: optional(text('What the API is called in `aud`.')),
      }),
    ),
  }),
);

/** Files have their content in their names: what was fetched once is never asked for again. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const sendAsset = (reply: FastifyReply, { type, plain, gzip }: Asset, encodings: string): void => {
  const small = /\bgzip\b/.test(encodings);
  void reply
    .headers({ 'content-type': type, vary: 'Accept-Encoding', ...(small ? { 'content-encoding': 'gzip' } : {}) })
    .send(small ? gzip : plain);
};

/** The program that people look at all day. It shows nothing by itself: what it shows it asks the services for, as whoever is logged in. */
@ApiTags('console')
@Controller('console')
export class ConsoleController {
  constructor(
    @Inject(BUNDLE) private readonly bundle: Bundle,
    @Inject(TERMS) private readonly told: ConsoleTerms,
  ) {}

  @Get('terms')
  @Public('application')
  @ApiOperation({ summary: 'What the console is told before anybody is logged in: where people log in.' })
  @Answers(200, terms)
  terms(): ConsoleTerms {
    return this.told;
  }

  @Get('assets/:name')
  @Public('application')
  @ApiExcludeEndpoint()
  async asset(@Param('name') name: string, @Headers('accept-encoding') encodings: string | undefined, @Res() reply: FastifyReply) {
    const asset = await this.bundle.asset(name);
    if (!asset) return void reply.code(404).header('cache-control', 'no-store').send();
    void reply.headers({ 'cache-control': FOR_EVER, 'x-content-type-options': 'nosniff' });
    sendAsset(reply, asset, encodings ?? '');
  }

  /** Every address of the program is its one page: which part of it is shown, it says itself. */
  @Get(['', '*'])
  @Public('application')
  @ApiExcludeEndpoint()
  async page(@Headers('accept-encoding') encodings: string | undefined, @Res() reply: FastifyReply) {
    const page = await this.bundle.page();
    void reply.headers(pageHeaders(this.told));
    if (page) sendAsset(reply, page, encodings ?? '');
    else void reply.code(503).headers({ 'retry-after': '2', refresh: '2' }).type('text/html; charset=utf-8').send(beingBuilt);
  }
}
