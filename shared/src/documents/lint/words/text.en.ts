import type { textZh } from './text.zh-CN.ts'

/** Words of the rules about the text, in English. */
export const textEn: Readonly<Record<keyof typeof textZh, string>> = {
  'documents.lint.D01.name': 'Level skipped',
  'documents.lint.D01':
    'Levels follow each other as 一、 （一） 1. （1）; here level {previous} is followed by {level} ({clause}). Adjust the levels.',
  'documents.lint.D02.name': 'Numbers of a level not in sequence, or alone',
  'documents.lint.D02':
    '“{text}”: numbers of a level follow each other, and one item alone takes none ({clause}). Check the numbers.',
  'documents.lint.D03.name': 'Irregular number',
  'documents.lint.D03':
    'The number “{text}” was typed by hand or is irregular; it should be “{fix}” ({clause}). Make it a heading and it is numbered for you.',
  'documents.lint.D04.name': 'Bold type',
  'documents.lint.D04':
    '“{text}” ({count} stretches) is bold. The standard tells levels apart by face, never by weight ({clause}). Take the bold off.',
  'documents.lint.D05.name': 'Punctuation of a heading',
  'documents.lint.D05':
    '“{text}” in this heading is irregular: a heading on its own line has no stop, one that runs on ends with 。 ({clause}). Can be corrected for you.',
  'documents.lint.D06.name': 'Typed blanks',
  'documents.lint.D06':
    'There are {count} blanks typed at the end of a paragraph, or an empty paragraph. Indents and spacing are made by the layout ({clause}). Can be corrected for you.',
  'documents.lint.D07.name': 'More than one request',
  'documents.lint.D07': '“{text}”: one request, one matter ({clause}). Ask for unrelated matters separately.',
  'documents.lint.D08.name': 'Request hidden in a report',
  'documents.lint.D08':
    'The report says “{text}”; reports must not contain requests ({clause}). Ask in a separate 请示.',
  'documents.lint.D09.name': 'Request without a request',
  'documents.lint.D09': 'Nothing in this 请示 asks for a decision ({clause}). End it, for example, with 妥否，请批示。',
  'documents.lint.D10.name': 'Closing phrase and kind',
  'documents.lint.D10': 'The closing “{text}” does not belong to a {kind} ({clause}). Change or delete it.',
  'documents.lint.D11.name': 'Answer without what it answers',
  'documents.lint.D11':
    'An answer begins with title and number of what it answers and says it was received ({clause}): 你局《关于……的请示》（×〔2026〕3号）收悉。 This one begins “{text}”.',
  'documents.lint.D12.name': 'Irregular citation',
  'documents.lint.D12':
    '“{text}”: cite the title first, then the number in brackets, and nothing abolished ({clause}). Correct it.',
  'documents.lint.D13.name': 'Form of address',
  'documents.lint.D13':
    '“{text}”: 你局 is for subordinates, 贵局 for peers, 我局 and 本局 are not mixed ({clause}). Correct it.',
  'documents.lint.D14.name': 'Relative time',
  'documents.lint.D14':
    '{count} times are relative, such as “{text}” ({clause}). Documents are kept: consider giving the date.',
  'documents.lint.D15.name': 'Short name unused or defined twice',
  'documents.lint.D15': 'The short name “{text}” is never used or is defined twice ({clause}). Check it.',
  'documents.lint.D16.name': 'Incomplete sequence',
  'documents.lint.D16': 'The sequence at “{text}” is incomplete ({clause}). Check that 一是, 二是, 三是 follow each other and are as many as announced.',
  'documents.lint.D17.name': 'Something left to fill in',
  'documents.lint.D17': '“{text}” looks like a placeholder ({clause}). Fill it in before submitting.',
  'documents.lint.D18.name': 'Post or order of leaders',
  'documents.lint.D18':
    '“{text}” disagrees with the office’s list of leaders, which says “{fix}” ({clause}). Check posts and order.',
  'documents.lint.D19.name': 'Figures disagree',
  'documents.lint.D19':
    '“{text}” disagrees with what stands before it or does not add up {fix} ({clause}). Check the figures.',
  'documents.lint.D20.name': 'Personal data in a public document',
  'documents.lint.D20':
    'A document to be published contains what looks like an identity, mobile or bank number, “{text}” ({clause}). Remove or mask it.',
  'documents.lint.D21.name': 'Probable misspelling',
  'documents.lint.D21': '“{text}” is probably misspelt; “{fix}” is meant ({clause}). Check it.',
  'documents.lint.D22.name': 'Wording out of use',
  'documents.lint.D22':
    '“{text}” is out of use or improper; “{fix}” is usual ({clause}). Quotations of old documents excepted.',
  'documents.lint.D23.name': 'No text on the first page',
  'documents.lint.D23': 'The first page must show text ({clause}). Shorten title, signers or addressees.',
  'documents.lint.D24.name': '“No text on this page”',
  'documents.lint.D24': '“{text}” is no longer in use ({clause}). Delete it; the layout adjusts spacing.',
  'documents.lint.D25.name': 'Normative document needs review',
  'documents.lint.D25':
    '“{text}” may be normative: it needs a review of legality and of fair competition ({clause}). Attach the papers of both reviews.',
  'documents.lint.D26.name': 'Burden on the grass roots',
  'documents.lint.D26':
    '“{text}” may burden the grass roots with reports, forms or traces ({clause}). Check the basis and drop what can be dropped.',
  'documents.lint.D27.name': 'House wording',
  'documents.lint.D27': '“{text}” is against the house wording: {fix} ({clause}). Correct it.',
  'documents.lint.D28.name': 'Article referred to does not exist',
  'documents.lint.D28': 'There is no {text}: the text has {count} articles ({clause}). Check the reference.',
}
