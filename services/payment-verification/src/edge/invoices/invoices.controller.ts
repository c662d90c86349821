import type { Personal } from '@cartage/contracts';
import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  bytes,
  commandHeaders,
  IdParam,
  limitOf,
  Needs,
  type Page,
  pageOf,
  PageQuery,
  readCursor,
  RequestMeta,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Documents } from '../../app/documents';
import type { MissingDocument } from '../../app/missing-documents';
import type { Sellers } from '../../app/sellers';
import type { DocumentRow } from '../../app/views/invoice-list';
import type { LegalEntity } from '../../domain/invoices/legal-entities';
import type { DocumentPrinter } from './document-pdf';
import { documentPage, legalEntity, legalEntityPage, missingPage } from './invoices.answers';
import { InvoicesQuery, LegalEntityDto } from './invoices.dto';

export const INVOICES = Symbol('invoices');

/** What the controller asks. */
export interface Invoices {
  readonly documents: Documents;
  readonly sellers: Sellers;
  readonly print: DocumentPrinter;
  /** Who bought it; nobody once erased. */
  readonly buyerOf: (orderId: string) => Promise<Personal | undefined>;
}

@ApiTags('invoices')
@Controller('payments')
export class InvoicesController {
  constructor(@Inject(INVOICES) private readonly invoices: Invoices) {}

  @Get('invoices')
  @Within('query.channel')
  @ApiOperation({ summary: 'Invoices and credit notes, in the order in which they were issued' })
  @Answers(200, documentPage)
  async list(@Query() { channel, legalEntity: entity, orderId, ...query }: InvoicesQuery): Promise<Page<DocumentRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.invoices.documents.list({ channel, legalEntity: entity, orderId }, slice, query.minPosition);
    return pageOf(rows, query, ({ issuedAt, documentId }) => [issuedAt, documentId]);
  }

  @Get('invoices/missing')
  @ApiOperation({ summary: 'Shipments that were paid and not invoiced, and refunds that were not credited: the oldest first' })
  @Answers(200, missingPage)
  async missing(@Query() query: PageQuery): Promise<Page<MissingDocument>> {
    const rows = await this.invoices.documents.missing(
      { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') },
      query.minPosition,
    );
    return pageOf(rows, query, ({ movedAt, movementId }) => [movedAt, movementId]);
  }

  @Get(':orderId/invoices/:documentId/document.pdf')
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'An invoice or credit note of the order, as it was issued' })
  @Answers(200, bytes, { refuses: { unknown: ['DOCUMENT_UNKNOWN'] } })
  async pdf(
    @Param('orderId', IdParam) orderId: string,
    @Param('documentId', IdParam) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const document = await this.invoices.documents.document(orderId, documentId);
    const { legalEntity: entity, issuedAt } = document.data;
    const seller = (await this.invoices.sellers.asOf(issuedAt)).get(entity);
    if (!seller) throw new Refused('DOCUMENT_UNKNOWN', `Nobody called ${entity} was registered when ${documentId} was issued.`, 'unknown');
    const buyer = await this.invoices.buyerOf(orderId);
    const pdf = await this.invoices.print({ document, seller, ...(buyer ? { buyer } : {}) });
    void reply.header('Content-Type', 'application/pdf').header('Cache-Control', 'no-store').send(pdf);
  }

  @Get('legal-entities')
  @ApiOperation({ summary: 'Who sells, and whose numbers count invoices' })
  @Answers(200, legalEntityPage)
  async entities(@Query() query: PageQuery): Promise<Page<LegalEntity>> {
    const [after = ''] = readCursor(query.cursor, 'text') ?? [];
    const known = [...(await this.invoices.sellers.all()).values()].toSorted((a, b) => (a.entity < b.entity ? -1 : 1));
    const rows = known.filter(({ entity }) => entity > after).slice(0, limitOf(query) + 1);
    return pageOf(rows, query, ({ entity }) => [entity]);
  }

  @Put('legal-entities/:entity')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Register who sells: from then on shipments are invoiced and refunds credited' })
  @Answers(200, legalEntity, { headers: commandHeaders })
  async register(
    @Param('entity') entity: string,
    @Body() body: LegalEntityDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LegalEntity> {
    const { invoiceAt = 'dispatch', ...rest } = body;
    const registered = { entity, ...rest, invoiceAt };
    answered(reply, await this.invoices.sellers.register(registered, meta));
    return registered;
  }
}
