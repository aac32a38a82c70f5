import { textsByStaffMethod } from '../../app/payment-methods.js';
import type { payWords } from './words.js';

/** What one payment is in, and what its payer can do about it. */
export const onePaymentWords = {
  en: {
    completed_title: 'Paid. Thank you!',
    completed_text: 'We received your payment. You were charged once.',
    partially_refunded_title: 'Partially refunded',
    partially_refunded_text: 'Part of this payment was refunded to you.',
    mistaken_part_title: 'No longer fully paid',
    refunded_title: 'Refunded',
    refunded_text: 'This payment was refunded to you. It can take a few days to appear on your statement.',
    disputed: 'This payment is disputed; your bank decides the outcome.',
    refund_pending: (amount: string) => `A refund of ${amount} is on its way to you.`,
    refund_reserved: (amount: string, method: string | undefined) =>
      `Your clinic will refund ${amount} to you${method === undefined ? '' : ` by ${method}`}.`,
    owed_text: (amount: string) =>
      `A refund of ${amount} didn’t reach you. We still have the money; ask your clinic how you’ll get it back.`,
    owed_refunding: (amount: string) => `A refund of ${amount} hasn’t reached you yet.`,
    unused: {
      here: (amount: string) =>
        `We received ${amount} after this payment had closed. We still have the money: ask your clinic before you pay again.`,
      on_its_way: (amount: string) =>
        `We received ${amount} after this payment had closed. It’s being refunded to you.`,
      gone_back: (amount: string) =>
        `We received ${amount} after this payment had closed. It was refunded to you, and you can start again.`,
    },
    refund_failed:
      'A refund to you failed. We still have the money, and your clinic has been told; ask them how you’ll get it back.',
    dispute_lost: 'Your bank decided the dispute about this payment and returned the disputed money to you.',
    dispute_lost_partly: (taken: string, disputed: string) =>
      `Your bank decided the dispute about this payment and returned ${taken} of the disputed ${disputed} to you.`,
    dispute_closed: 'Your bank has decided the dispute about this payment.',
    checking_title: 'Checking your payment…',
    checking_text: (provider: string) => `We’re checking with ${provider}. You don’t need to do anything.`,
    processing_title: 'Your payment is processing',
    processing_text: 'You paid on the payment page. The money can take a few days to arrive. Please don’t pay again.',
    declined_title: 'Your last card was declined',
    declined_text: (last4: string | undefined, reason: string) =>
      `${last4 === undefined ? 'Your card' : `Your card ending in ${last4}`} was declined: ${reason}. Nothing was charged. While the payment page is open, you can try again there with this card or another one.`,
    left_title: 'You haven’t paid yet',
    left_text:
      'You left the payment page before paying. Nothing was charged, including for any declined card. You can continue with another card.',
    unasked_title: 'We couldn’t check your payment yet',
    unasked_text: (provider: string) =>
      `We can’t reach ${provider} at the moment. If you’ve already paid, don’t pay again: the result appears here once ${provider} answers.`,
    paid_meanwhile: 'It was paid before it could be cancelled.',
    unfinished_title: 'Continue your payment',
    unfinished_text: 'You haven’t been charged yet.',
    manual_title: textsByStaffMethod({ gcash: 'Pay with GCash', bank_transfer: 'Transfer the money' }),
    manual_text: 'Your receipt appears here once staff confirm that the money arrived.',
    failed_title: 'Payment failed',
    failed_text: (provider: string) =>
      `Your bank or ${provider} declined it. Nothing was charged. Try again, or use another payment method.`,
    expired_title: 'Payment expired',
    expired_text: 'It wasn’t paid in time, and nothing was charged. You can start again.',
    cancelled_title: 'Payment cancelled',
    cancelled_text: 'Nothing was charged. You can pay again at any time.',
    cancelled_manual_text:
      'If you’ve already sent the money, tell your clinic before you pay again. Otherwise you can start again.',
    returning: 'If any money arrives, it is refunded automatically.',
    pay_new_price: 'Pay the new price',
    closed_meanwhile: 'This can no longer be paid. If money still arrives for it, it’s refunded automatically.',
    not_yours: 'This payment doesn’t exist, or isn’t yours.',

    check_again: 'Check again',
    checking: 'Checking…',
    cancel: 'Cancel this payment',
    cancelling: 'Cancelling…',
    cancel_sure: 'Cancel? Nothing is charged, and you can start again.',
    cancel_manual_sure: 'Cancel? Don’t cancel if you’ve already sent the money.',
    yes_cancel: 'Yes, cancel',
    no_keep: 'No, keep it',
    pay_again: 'Pay again',
    back: 'Back to the list',
  },
  id: {
    completed_title: 'Lunas. Terima kasih!',
    completed_text: 'Pembayaran Anda sudah kami terima. Anda ditagih satu kali.',
    partially_refunded_title: 'Dikembalikan sebagian',
    partially_refunded_text: 'Sebagian dana pembayaran ini sudah dikembalikan kepada Anda.',
    mistaken_part_title: 'Tidak lagi lunas',
    refunded_title: 'Sudah dikembalikan',
    refunded_text:
      'Dana pembayaran ini sudah dikembalikan kepada Anda. Mungkin perlu beberapa hari sampai muncul di rekening Anda.',
    disputed: 'Pembayaran ini sedang disengketakan; bank Anda yang memutuskan.',
    refund_pending: (amount: string) => `Pengembalian dana ${amount} sedang diproses.`,
    refund_reserved: (amount: string, method: string | undefined) =>
      `Klinik Anda akan mengembalikan ${amount}${method === undefined ? '' : ` lewat ${method}`}.`,
    owed_text: (amount: string) =>
      `Pengembalian dana ${amount} belum Anda terima. Uangnya masih ada pada kami; tanyakan cara pengembaliannya kepada klinik.`,
    owed_refunding: (amount: string) => `Pengembalian dana ${amount} belum Anda terima.`,
    unused: {
      here: (amount: string) =>
        `Kami menerima ${amount} setelah pembayaran ini ditutup. Uangnya masih ada pada kami: tanyakan kepada klinik sebelum membayar lagi.`,
      on_its_way: (amount: string) =>
        `Kami menerima ${amount} setelah pembayaran ini ditutup. Dananya sedang dikembalikan kepada Anda.`,
      gone_back: (amount: string) =>
        `Kami menerima ${amount} setelah pembayaran ini ditutup. Dananya sudah dikembalikan, dan Anda dapat memulai lagi.`,
    },
    refund_failed:
      'Pengembalian dana kepada Anda gagal. Uangnya masih ada pada kami, dan klinik sudah diberi tahu; tanyakan cara pengembaliannya.',
    dispute_lost:
      'Bank Anda telah memutuskan sengketa tentang pembayaran ini, dan mengembalikan uang yang disengketakan kepada Anda.',
    dispute_lost_partly: (taken: string, disputed: string) =>
      `Bank Anda telah memutuskan sengketa tentang pembayaran ini, dan mengembalikan ${taken} dari ${disputed} yang disengketakan kepada Anda.`,
    dispute_closed: 'Bank Anda telah memutuskan sengketa tentang pembayaran ini.',
    checking_title: 'Memeriksa pembayaran Anda…',
    checking_text: (provider: string) => `Kami sedang memeriksanya di ${provider}. Anda tidak perlu melakukan apa pun.`,
    processing_title: 'Pembayaran Anda sedang diproses',
    processing_text:
      'Anda sudah membayar di halaman pembayaran. Uangnya mungkin baru masuk beberapa hari lagi. Mohon jangan membayar lagi.',
    declined_title: 'Kartu terakhir Anda ditolak',
    declined_text: (last4: string | undefined, reason: string) =>
      `${last4 === undefined ? 'Kartu Anda' : `Kartu Anda dengan nomor akhir ${last4}`} ditolak: ${reason}. Tidak ada yang ditagih. Selama halaman pembayaran terbuka, Anda dapat mencoba lagi di sana dengan kartu ini atau kartu lain.`,
    left_title: 'Anda belum membayar',
    left_text:
      'Anda meninggalkan halaman pembayaran. Tidak ada yang ditagih, termasuk untuk kartu yang ditolak. Anda dapat melanjutkan dengan kartu lain.',
    unasked_title: 'Pembayaran Anda belum dapat diperiksa',
    unasked_text: (provider: string) =>
      `Saat ini ${provider} tidak dapat dihubungi. Jika Anda sudah membayar, jangan membayar lagi: hasilnya muncul di sini setelah ${provider} menjawab.`,
    paid_meanwhile: 'Pembayaran ini sudah dibayar sebelum sempat dibatalkan.',
    unfinished_title: 'Lanjutkan pembayaran Anda',
    unfinished_text: 'Anda belum ditagih.',
    manual_title: textsByStaffMethod({ gcash: 'Bayar dengan GCash', bank_transfer: 'Transfer uangnya' }),
    manual_text: 'Bukti pembayaran muncul di sini setelah staf memastikan uangnya masuk.',
    failed_title: 'Pembayaran gagal',
    failed_text: (provider: string) =>
      `Bank Anda atau ${provider} menolaknya. Tidak ada yang ditagih. Coba lagi, atau gunakan metode pembayaran lain.`,
    expired_title: 'Pembayaran sudah kedaluwarsa',
    expired_text: 'Tidak dibayar tepat waktu, dan tidak ada yang ditagih. Anda dapat memulai lagi.',
    cancelled_title: 'Pembayaran dibatalkan',
    cancelled_text: 'Tidak ada yang ditagih. Anda dapat membayar lagi kapan saja.',
    cancelled_manual_text:
      'Jika uangnya sudah Anda kirim, beri tahu klinik sebelum membayar lagi. Jika belum, Anda dapat memulai lagi.',
    returning: 'Jika ada uang yang masuk, dananya dikembalikan secara otomatis.',
    pay_new_price: 'Bayar harga baru',
    closed_meanwhile: 'Tidak dapat dibayar lagi. Jika ada uang yang masuk, dananya dikembalikan secara otomatis.',
    not_yours: 'Pembayaran ini tidak ada, atau bukan milik Anda.',

    check_again: 'Periksa lagi',
    checking: 'Memeriksa…',
    cancel: 'Batalkan pembayaran ini',
    cancelling: 'Membatalkan…',
    cancel_sure: 'Batalkan? Tidak ada yang ditagih, dan Anda dapat memulai lagi.',
    cancel_manual_sure: 'Batalkan? Jangan batalkan jika uangnya sudah Anda kirim.',
    yes_cancel: 'Ya, batalkan',
    no_keep: 'Tidak, biarkan',
    pay_again: 'Bayar lagi',
    back: 'Kembali ke daftar',
  },
};

/** In one language, with what they share with the list and the documents. */
export type OnePaymentWords = typeof onePaymentWords.en & Pick<typeof payWords.en, 'owed'>;
