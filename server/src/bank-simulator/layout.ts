import type { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'

/** The standard layout that every county finds (migrations, bank_layouts STANDARD). */
export const standardLayout: LayoutDefinition = {
  pay: {
    ...{ encoding: 'UTF-8', format: 'SEPARATED', separator: ',', lineEnd: 'LF', fileName: '{batch}.csv' },
    titles: [
      'batch_no',
      'seq',
      'program',
      'period',
      'account_no',
      'account_name',
      'id_last4',
      'amount_fen',
      'memo',
    ],
    columns: [
      ...[{ field: 'batchNumber' }, { field: 'seq' }, { field: 'programme' }, { field: 'period' }],
      ...[{ field: 'accountNumber' }, { field: 'accountName' }, { field: 'idLast4' }, { field: 'amountFen' }],
      { field: 'memo' },
    ] as LayoutDefinition['pay']['columns'],
    trailer: [{ field: 'literal', literal: 'TOTAL' }, { field: 'rows' }, { field: 'totalFen' }],
  },
  return: {
    ...{ encoding: 'UTF-8', format: 'SEPARATED', separator: ',', lineEnd: 'LF', dateFormat: 'YYYY-MM-DD' },
    titles: ['batch_no', 'seq', 'account_no', 'amount_fen', 'code', 'message', 'bank_ref', 'value_date'],
    columns: [
      ...[{ field: 'batchNumber' }, { field: 'seq' }, { field: 'accountNumber' }, { field: 'amountFen' }],
      ...[{ field: 'code' }, { field: 'message' }, { field: 'bankReference' }, { field: 'valueDate' }],
    ] as LayoutDefinition['return']['columns'],
    codes: {
      ...{ '00': '00', '01': '01', '02': '02', '03': '03', '04': '04', '05': '05', '06': '06' },
      ...{ '99': '99', RV: 'RV' },
    },
  },
}
