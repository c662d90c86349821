import { Refused, type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  Needs,
  pageOf,
  PageQuery,
  readCursor,
  recordsOf,
  RequestMeta,
  spooled,
  TakesUpload,
  Uploaded,
  type Page,
  type Upload,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CarrierInvoiceTerms } from '../../app/carrier-invoices/carrier-invoice-terms';
import type { InvoiceFile, InvoiceFiles, InvoiceFileTable, InvoiceRejection } from '../../app/carrier-invoices/invoice-files';
import type { CarrierInvoice, InvoiceLineRow, InvoiceShelf } from '../../app/carrier-invoices/invoice-reports';
import {
  allTermsAnswer,
  invoiceAnswer,
  invoiceFileAnswer,
  invoiceFilePage,
  invoiceLinePage,
  invoicePage,
  invoiceRejectionPage,
  shownTerms,
  termsAnswer,
  type ShownTerms,
} from './carrier-invoices.answers';
import { CarrierTermsDto, InvoicesQuery, InvoiceUploadQuery, termsOf } from './carrier-invoices.dto';

export const CARRIER_INVOICES = Symbol('carrier-invoices');

export interface CarrierInvoices {
  readonly terms: CarrierInvoiceTerms;
  readonly files: InvoiceFiles;
  readonly table: Pick<InvoiceFileTable, 'list' | 'rejections'>;
  readonly shelf: Pick<InvoiceShelf, 'invoices' | 'invoice' | 'lines'>;
}

@ApiTags('carrier invoices')
@Controller('shipping/carrier-invoice-terms')
export class CarrierInvoiceTermsController {
  constructor(@Inject(CARRIER_INVOICES) private readonly invoices: CarrierInvoices) {}

  @Get()
  @ApiOperation({ summary: 'How carriers’ invoices are read, and what was agreed' })
  @Answers(200, allTermsAnswer)
  async all(): Promise<{ readonly items: readonly ShownTerms[] }> {
    return { items: [...(await this.invoices.terms.all()).values()].map(shownTerms) };
  }

  @Put(':carrier')
  @Needs('rules:write')
  @ApiOperation({ summary: 'Say how a carrier’s invoices are read, and how closely they are looked at' })
  @Answers(200, termsAnswer, { headers: commandHeaders, refuses: { invalid: ['MAPPING_INVALID'] } })
  async set(
    @Param('carrier') carrier: string,
    @Body() body: CarrierTermsDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownTerms> {
    answered(reply, await this.invoices.terms.set(termsOf(carrier, body), meta));
    return shownTerms(await this.invoices.terms.of(carrier));
  }
}

const unknown = { unknown: ['CARRIER_INVOICE_UNKNOWN'], invalid: ['ID_INVALID'] };

@ApiTags('carrier invoices')
@Controller('shipping/carrier-invoices')
export class CarrierInvoicesController {
  constructor(@Inject(CARRIER_INVOICES) private readonly invoices: CarrierInvoices) {}

  @Post()
  @TakesUpload('A file of a carrier’s invoices: a row for each charge or parcel (CSV), or an object (NDJSON).')
  @ApiOperation({
    summary: 'Take a file of invoices of any size: each charge is compared with the label that was bought.',
    description:
      'The file is named by what it holds: sent again it changes nothing, and one that broke off goes on. A charge that another file has had is not taken twice. A row that is wrong keeps no other out.',
  })
  @Answers(200, invoiceFileAnswer, { refuses: { unknown: ['CARRIER_TERMS_UNKNOWN'], conflict: ['IMPORT_RUNNING'] } })
  async take(@Uploaded() upload: Upload, @Query() { carrier }: InvoiceUploadQuery, @CommandMeta() meta: Meta): Promise<InvoiceFile> {
    const terms = await this.invoices.terms.of(carrier);
    const spool = await spooled(upload);
    try {
      const records = () => recordsOf(spool.open(), { delimiter: terms.mapping.delimiter });
      return await this.invoices.files.take({ terms, hash: spool.hash, records }, meta);
    } finally {
      await spool.discard();
    }
  }

  @Get()
  @ApiOperation({ summary: 'Invoices of carriers, the newest first: what they charge, and what of it is not as the labels say' })
  @Answers(200, invoicePage)
  async list(@Query() query: InvoicesQuery): Promise<Page<CarrierInvoice>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.invoices.shelf.invoices(query.carrier, slice);
    return pageOf(rows, query, ({ billedOn, invoiceId }) => [billedOn, invoiceId]);
  }

  @Get('files')
  @ApiOperation({ summary: 'Files of carriers’ invoices, newest first' })
  @Answers(200, invoiceFilePage)
  async files(@Query() query: PageQuery): Promise<Page<InvoiceFile>> {
    const found = await this.invoices.table.list(readCursor(query.cursor, 'instant', 'uuid'), limitOf(query) + 1);
    return pageOf(found, query, ({ startedAt, fileId }) => [startedAt, fileId]);
  }

  @Get('files/:fileId/rejections')
  @ApiOperation({ summary: 'Rows of a file that could not be read, by line and column' })
  @Answers(200, invoiceRejectionPage, { refuses: { unknown: ['INVOICE_FILE_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async rejections(@Param('fileId', IdParam) fileId: string, @Query() query: PageQuery): Promise<Page<Omit<InvoiceRejection, 'number'>>> {
    await this.invoices.files.find(fileId);
    const [after = 0] = readCursor(query.cursor, 'count') ?? [];
    const found = await this.invoices.table.rejections(fileId, after, limitOf(query) + 1);
    const { items, next } = pageOf(found, query, ({ number }) => [number]);
    return { items: items.map(({ number: _, ...each }) => each), next };
  }

  @Get(':invoiceId')
  @ApiOperation({ summary: 'An invoice: what was agreed, and what was found, to the cent' })
  @Answers(200, invoiceAnswer, { refuses: unknown })
  async get(@Param('invoiceId', IdParam) invoiceId: string): Promise<CarrierInvoice> {
    const invoice = await this.invoices.shelf.invoice(invoiceId);
    if (invoice) return invoice;
    throw new Refused('CARRIER_INVOICE_UNKNOWN', `No carrier’s invoice ${invoiceId} is known.`, 'unknown');
  }

  @Get(':invoiceId/lines')
  @ApiOperation({ summary: 'The charges of an invoice, and what was found in each' })
  @Answers(200, invoiceLinePage, { refuses: unknown })
  async lines(@Param('invoiceId', IdParam) invoiceId: string, @Query() query: PageQuery): Promise<Page<InvoiceLineRow>> {
    await this.get(invoiceId);
    const [after] = readCursor(query.cursor, 'uuid') ?? [];
    const rows = await this.invoices.shelf.lines(invoiceId, after, limitOf(query) + 1);
    return pageOf(rows, query, ({ lineId }) => [lineId]);
  }
}
