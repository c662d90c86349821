import { erasureAnswers, type PersonErased } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import type { AnyListener } from '@cartage/messaging';
import {
  alsoHearing,
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  IsPlainText,
  limitOf,
  Needs,
  NoPreview,
  type Page,
  pageOf,
  PageQuery,
  readCursor,
} from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { ErasureCertificate } from '../app/erasure-certificate';
import { erasureStates, type ErasureList, type ListedErasure } from '../app/erasure-list';
import type { Erasures, PersonExport } from '../app/erasures';
import { CustomerSearchDto, requireSomebody } from './customers.controller';
import { erasureCertificate, erasurePage, personExport } from './erasures.answers';

export const ERASURES = Symbol('erasures');
export const ERASURE_LIST = Symbol('erasure list');

const whenOpen = ['refuse', 'wait'] as const;

export class ErasureDto extends CustomerSearchDto {
  @ApiPropertyOptional({
    enum: whenOpen,
    description: 'What becomes of it while goods or money of theirs are under way: refused (the default), or it waits until nothing is.',
  })
  @IsOptional()
  @IsIn(whenOpen)
  whenOpen?: (typeof whenOpen)[number];

  @ApiPropertyOptional({ example: 'Request of 3 March, ticket 4711', description: 'Nothing personal: it stays on the certificate.' })
  @IsOptional()
  @IsPlainText(200)
  reason?: string;
}

export class ErasureListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: erasureStates })
  @IsOptional()
  @IsIn(erasureStates)
  status?: (typeof erasureStates)[number];
}

const finds = {
  invalid: ['SEARCH_EMPTY', 'COUNTRY_REQUIRED'],
  unknown: ['PERSON_UNKNOWN'],
  conflict: ['PERSON_AMBIGUOUS', 'PERSON_TOO_LARGE'],
};

@ApiTags('customers')
@Controller('customers')
export class ErasuresController {
  constructor(
    @Inject(ERASURES) private readonly erasures: Erasures,
    @Inject(ERASURE_LIST) private readonly listed: ErasureList,
  ) {}

  @Post('export')
  @Needs('orders:personal')
  @HttpCode(200)
  @NoPreview()
  @ApiOperation({
    summary: 'All that is known of a person, in all services. Changes nothing.',
    description:
      'The orders of the contact or id, and all of the account that these were placed with. Each item says in which service and stream it stands, and since when.',
  })
  @Answers(200, personExport, { refuses: finds })
  export(@Body() asked: CustomerSearchDto): Promise<PersonExport> {
    requireSomebody(asked);
    return this.erasures.export(asked);
  }

  @Post('erasures')
  @Needs('orders:personal')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have a person forgotten by all services. The same person as an export shows.',
    description:
      'Their data keys are destroyed, which makes unreadable what is sealed, wherever it is kept; each service forgets what it keeps under other names, and says so on the certificate.',
  })
  @Answers(202, erasureCertificate, {
    headers: commandHeaders,
    refuses: { ...finds, conflict: [...finds.conflict, 'PERSON_HAS_OPEN_ORDERS'] },
  })
  async erase(
    @Body() asked: ErasureDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ErasureCertificate> {
    requireSomebody(asked);
    const done = await this.erasures.erase(asked, meta);
    answered(reply, done);
    return done.certificate;
  }

  @Get('erasures')
  @ApiOperation({ summary: 'Persons who were, or are to be, forgotten; the newest first.' })
  @Answers(200, erasurePage)
  async list(@Query() query: ErasureListQuery): Promise<Page<ListedErasure>> {
    const after = readCursor(query.cursor, 'instant', 'uuid');
    const rows = await this.listed.list({ status: query.status, after, limit: limitOf(query) + 1 });
    return pageOf(rows, query, ({ askedAt, erasureId }) => [askedAt, erasureId]);
  }

  @Get('erasures/:erasureId')
  @ApiOperation({
    summary: 'The certificate of an erasure: what was forgotten where and when, what stays and why, who else has to be asked.',
  })
  @Answers(200, erasureCertificate, { refuses: { unknown: ['ERASURE_UNKNOWN'], invalid: ['ID_INVALID'] } })
  show(@Param('erasureId', IdParam) erasureId: string): Promise<ErasureCertificate> {
    return this.erasures.show(erasureId);
  }
}

/** What services say that they have forgotten is heard where their topics are listened to anyway. */
export const hearingErasures = (listeners: readonly AnyListener[], erasures: Erasures): readonly AnyListener[] =>
  erasureAnswers.reduce<readonly AnyListener[]>(
    (all, { topic, type }) =>
      alsoHearing(all, topic, {
        group: `order.${topic.replace('.events', '')}`,
        on: { [type]: (data: PersonErased, meta: Meta) => erasures.hear(type, data, meta) },
      }),
    listeners,
  );
