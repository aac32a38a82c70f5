import type { Catalogue } from './en.js';

/** Indonesian sentences; those of the `legacy` wire contract stay as they are. */
export const id: Catalogue = {
  errors: {
    VALIDATION_FAILED: 'Sebagian data yang dikirim tidak valid.',
    MALFORMED_REQUEST: 'Permintaan tidak dapat dibaca.',
    UNSUPPORTED_MEDIA_TYPE:
      'Kirim JSON, dengan header Content-Type: application/json. Hanya login yang juga menerima formulir.',
    PAYLOAD_TOO_LARGE: 'Permintaan terlalu besar.',
    HEADERS_TOO_LARGE: 'Header permintaan terlalu besar.',
    REQUEST_TIMEOUT: 'Permintaan terlalu lama diterima.',
    ROUTE_NOT_FOUND: 'Alamat ini tidak ada, atau tidak menerima metode ini.',
    UNAUTHENTICATED: 'Silakan masuk terlebih dahulu.',
    INVALID_CREDENTIALS: 'Email atau kata sandi salah.',
    TOO_MANY_ATTEMPTS: 'Terlalu banyak percobaan. Silakan coba lagi dalam {{seconds}} detik.',
    FORBIDDEN: 'Anda tidak berhak melakukan ini.',
    CONSULTATION_NOT_FOUND: 'Konsultasi {{id}} tidak ditemukan.',
    PRODUCT_NOT_FOUND: 'Produk {{id}} tidak ditemukan.',
    PAYMENT_NOT_FOUND: 'Pembayaran {{id}} tidak ditemukan.',
    USER_NOT_FOUND: 'Pengguna {{id}} tidak ditemukan.',
    PRODUCT_EXISTS: 'Produk {{id}} sudah ada.',
    EXTERNAL_REFERENCE_USED:
      'Konsultasi {{id}} sudah memiliki referensi eksternal {{external_reference}} dengan ketentuan lain.',
    CONSULTATION_CLOSED: 'Konsultasi {{id}} sudah ditutup dan tidak dapat dibayar lagi.',
    AMOUNT_MISMATCH: 'Jumlah harus {{amount}} {{currency}}, dalam satuan terkecil.',
    AMOUNT_OUT_OF_RANGE: 'Stripe menerima {{minimum}} sampai {{maximum}} {{currency}}, dalam satuan terkecil.',
    PAYMENT_EXISTS: 'Permintaan pembayaran ganda terdeteksi',
    PAYMENT_ALREADY_CONFIRMED: 'Pembayaran {{id}} sudah dikonfirmasi.',
    TRANSITION_NOT_ALLOWED: 'Pembayaran {{id}} berstatus {{from}} dan tidak dapat menjadi {{to}}.',
    TRANSACTION_ALREADY_USED: 'Transaksi {{transaction_id}} sudah mengonfirmasi pembayaran lain.',
    PAYMENT_PROCESSING: 'Pembayaran {{id}} sedang diproses. Mohon tunggu sampai uangnya masuk.',
    REFUND_NOT_FOUND: 'Pengembalian dana {{id}} tidak ditemukan.',
    REFUND_TOO_LARGE:
      'Paling banyak {{refundable_amount}} {{currency}}, dalam satuan terkecil, yang masih dapat dikembalikan.',
    NOTHING_LEFT_TO_REFUND:
      'Tidak ada lagi yang dapat dikembalikan dari pembayaran {{id}}: semuanya sudah atau sedang dikembalikan.',
    REFUND_ALREADY_SETTLED: 'Pengembalian dana {{id}} sudah berstatus {{status}}.',
    REFUND_NEEDS_DECISION:
      'Stripe tidak pernah menjawab pengembalian dana {{refund_id}} sebesar {{amount}} {{currency}}, dalam satuan terkecil, dan di Stripe ada pengembalian dana lain untuk pembayaran ini yang belum diketahui Payonce ketika mengirimnya ({{conflicting_refunds}}). Payonce tidak mengirimkannya lagi. Jika pengembalian lain itu menggantikannya, tarik yang ini; jika Anda menginginkan keduanya, tarik yang ini lalu buat pengembalian baru.',
    TRANSFER_NOT_FOUND: 'Transfer {{id}} tidak ada.',
    TRANSFER_MISMATCH:
      'Transaksi {{transaction_id}} tercatat sebagai transfer {{id}} sebesar {{amount}} {{currency}}, dalam satuan terkecil, dan tidak cocok. Perbaiki catatan transfer itu, atau periksa jumlah, mata uang, dan metodenya.',
    NOTHING_UNMATCHED:
      'Tidak ada sisa transfer {{id}} yang belum dicocokkan: sudah membayar pembayaran, dikembalikan, atau catatannya dibatalkan.',
    MATCH_TOO_LARGE:
      'Paling banyak {{matchable_amount}} {{currency}}, dalam satuan terkecil, dapat dicocokkan dengan pembayaran ini.',
    TRANSFER_IN_USE:
      'Dari transfer {{id}}, {{allocated_amount}} {{currency}}, dalam satuan terkecil, sudah dicocokkan atau dikembalikan, atau catatannya dibatalkan. Batalkan pencocokannya terlebih dahulu.',
    NOTHING_TO_UNMATCH:
      'Tidak ada lagi yang dibayar transfer {{transfer_id}} untuk pembayaran {{payment_id}} yang dapat dibatalkan.',
    REFUND_PENDING:
      'Pengembalian dana pembayaran {{payment_id}} masih dicadangkan. Selesaikan atau batalkan dahulu sebelum membatalkan pencocokan.',
    CHARGE_NOT_FOUND: 'Uang masuk {{id}} tidak ditemukan.',
    CHARGE_NOT_QUARANTINED: 'Uang masuk {{id}} berstatus {{disposition}}; hanya uang yang ditahan perlu diputuskan.',
    CHARGE_NOT_ACCEPTABLE:
      'Uang masuk {{id}} tidak dapat melunasi pembayaran {{payment_id}}, yang berstatus {{status}}: {{provider}} menerima {{received}}, seharusnya {{expected}}, dalam satuan terkecil. Kembalikan uangnya, atau tandai sebagai diselesaikan di tempat lain.',
    TRANSACTION_NOT_PAID: '{{provider}} belum mengonfirmasi bahwa {{transaction_id}} sudah dibayar.',
    TRANSACTION_MISMATCH: 'Transaksi {{transaction_id}} bukan untuk pembayaran ini.',
    PAYMENT_DISPUTED: 'Pembayaran {{id}} sedang disengketakan; bank yang memutuskan hasilnya.',
    PRODUCT_CLOSED: 'Produk {{id}} tidak dijual lagi.',
    ORDER_NOT_FOUND: 'Pesanan {{id}} tidak ditemukan.',
    PROVIDER_REFUSED: 'Penyedia pembayaran menolak pembayaran ini. Tidak ada yang ditagih.',
    STRIPE_REFUSED: 'Stripe menolak pembayaran ini. Tidak ada yang ditagih.',
    WEBHOOK_SIGNATURE_INVALID: 'Tanda tangan webhook tidak valid.',
    EVENT_NOT_FOUND: 'Peristiwa {{id}} tidak ditemukan.',
    DISCREPANCY_NOT_FOUND: 'Selisih {{id}} tidak ditemukan.',
    DISCREPANCY_RESOLVED: 'Selisih {{id}} sudah diselesaikan.',
    EVENT_ALREADY_APPLIED: 'Peristiwa {{id}} sudah diterapkan.',
    IDEMPOTENCY_KEY_REUSED: 'Kunci idempotensi ini sudah dipakai untuk permintaan lain.',
    IDEMPOTENCY_KEY_MISSING: 'Kirim header Idempotency-Key.',
    PAYMENT_IN_PROGRESS: 'Pembayaran sedang berlangsung. Mohon tunggu.',
    LAB_BUSY: 'Serangan lain masih berjalan. Mohon tunggu sampai selesai.',
    LOCK_TIMEOUT: 'Permintaan pembayaran sedang diproses. Silakan coba lagi.',
    DATABASE_UNAVAILABLE:
      'Layanan tidak dapat menjangkau basis datanya saat ini. Silakan coba lagi: tidak ada yang ditagih dua kali.',
    DATABASE_RESTORED:
      'Layanan baru saja beralih ke salinan lain dari basis datanya. Silakan coba lagi: tidak ada yang ditagih dua kali.',
    STRIPE_NOT_CONFIGURED:
      'Pembayaran melalui Stripe tidak tersedia di sini: kunci Stripe tidak dikonfigurasi. Silakan pilih metode pembayaran lain.',
    PROVIDER_NOT_CONFIGURED: 'Metode pembayaran ini tidak tersedia di sini. Silakan pilih metode lain.',
    PROVIDER_UNAVAILABLE: 'Penyedia pembayaran belum memberi jawaban yang jelas. Silakan coba lagi.',
    STRIPE_UNAVAILABLE: 'Stripe belum memberi jawaban yang jelas saat ini. Silakan coba lagi.',
    IDENTITY_PROVIDER_UNAVAILABLE: 'Login Anda tidak dapat diperiksa saat ini. Silakan coba lagi.',
    SERVICE_UNAVAILABLE: 'Layanan tidak tersedia saat ini. Silakan coba lagi.',
    INTERNAL_ERROR: 'Terjadi kesalahan di pihak kami. Silakan coba lagi: tidak ada yang ditagih dua kali.',
  },
  reasons: {
    already_so: 'Pembayaran {{id}} sudah berstatus {{from}}.',
    transaction_paid_back: 'Transaksi {{transaction_id}} sudah membayar pengembalian dana lain.',
    transaction_paid_in:
      'Transaksi {{transaction_id}} adalah transaksi uang masuk. Berikan referensi transfer pengembaliannya.',
    confirmed_and_refunded:
      'Dana pembayaran {{id}} sudah dikembalikan dan pembayaran itu tidak menerima uang lagi. Cocokkan dengan pembayaran lain.',
    transfer_recorded: 'Transaksi {{transaction_id}} sudah tercatat sebagai transfer {{transfer_id}}.',
    transfer_by_other_method:
      'Transfer {{id}} masuk lewat metode lain daripada metode pembayaran ini, jadi tidak dapat membayarnya. Minta pembayar memulai pembayaran dengan metode itu lalu cocokkan, atau kembalikan transfernya.',
    transfer_in_other_currency:
      'Transfer {{id}} dalam {{currency}} dan pembayaran ini tidak, jadi tidak dapat membayarnya. Cocokkan dengan pembayaran dalam {{currency}}, atau kembalikan.',
    transfer_pays_it_already:
      'Transaksi {{transaction_id}} tercatat sebagai transfer {{transfer_id}} dan sudah membayar pembayaran ini.',
    transfer_allocated:
      'Transaksi {{transaction_id}} tercatat sebagai transfer {{transfer_id}}, dan semuanya sudah dicocokkan atau dikembalikan. Jika yang diterima lebih banyak, perbaiki jumlahnya; jika dicocokkan dengan pembayaran yang salah, batalkan: POST /transfers/{{transfer_id}}/unmatch.',
    money_left_unmatched:
      'Pembayaran {{id}} berstatus {{status}} dan tidak menerima uang ini. Dari transfer {{transfer_id}}, {{unmatched_amount}} {{currency}}, dalam satuan terkecil, belum dicocokkan: cocokkan dengan pembayaran lain, atau kembalikan.',
    money_not_stated:
      '{{provider}} tidak dapat ditanya berapa yang diterima uang masuk {{id}}. Kembalikan uangnya, atau tandai sebagai diselesaikan di tempat lain.',
    transaction_unknown: '{{provider}} tidak memiliki pembayaran {{transaction_id}}. Periksa id-nya.',
    refund_waits:
      'Stripe belum menjawab pengembalian dana {{refund_id}} sebesar {{amount}} {{currency}}, dalam satuan terkecil. Jumlahnya tetap dicadangkan dan Payonce terus menanyakannya ke Stripe; jangan memintanya lagi dengan cara lain. Anda dapat menariknya.',
    refund_waits_for_balance:
      'Stripe menolak pengembalian dana {{refund_id}} sebesar {{amount}} {{currency}}, dalam satuan terkecil, untuk saat ini: saldo Stripe Anda tidak cukup. Isi saldonya; Payonce mengirimkannya lagi nanti. Anda dapat menariknya.',
    refund_not_asked_about:
      'Stripe tidak dapat ditanya apakah sudah membuat pengembalian dana {{refund_id}}. Untuk tetap menariknya, kirim if_stripe_is_unreachable: withdraw.',
    stripe_key_missing:
      'Ini memerlukan Stripe, dan saat ini kunci Stripe tidak dikonfigurasi. Tidak ada yang berubah. Atur STRIPE_SECRET_KEY, lalu coba lagi.',
    dispute_lost:
      'Sengketa pembayaran {{id}} kalah, dan Stripe tidak mengizinkan pengembalian sisanya. Jika Anda masih berutang, bayarkan di luar Stripe.',
    money_waits:
      'Pembayaran {{id}} berstatus {{from}}. Uang yang tiba untuknya tidak sesuai dan menunggu keputusan: POST /ops/charges/{{charge_id}}/refund.',
    refund_refused:
      'Stripe menolak pengembalian dana ini. Stripe memastikan uangnya masih ada; Anda dapat mengembalikannya lagi.',
    refund_failed_at_stripe:
      'Stripe tidak dapat mengirim pengembalian dana ini. Uangnya masih ada; Anda dapat mengembalikannya lagi.',
    refund_was_withdrawn:
      'Pengembalian dana {{id}} sudah ditarik. Untuk mengembalikan lagi, kirim permintaan dengan Idempotency-Key baru.',
    refund_made_at_stripe: 'Stripe sudah membuat pengembalian dana {{id}} ({{status}}), jadi tidak dapat ditarik.',
    settled_by_provider:
      'Hanya {{provider}} yang menyelesaikan pengembalian dana ini. Staf dapat menarik yang belum dijawab {{provider}}.',
    product_has_reference:
      'Produk {{id}} sudah memiliki referensi eksternal {{external_reference}} dengan ketentuan lain.',
  },
  payment: {
    created: 'Pembayaran berhasil dibuat',
    existing: 'Pembayaran sudah dibuat sebelumnya',
    confirmed: 'Pembayaran berhasil dikonfirmasi',
    partially_paid:
      'Uang diterima, tetapi belum semuanya: pembayaran masih memerlukan {{amount_due}} {{currency}}, dalam satuan terkecil, dan tetap tertunda',
    confirmed_with_rest:
      'Pembayaran berhasil dikonfirmasi. Uang yang diterima melebihi kebutuhan: {{rest}} {{currency}}, dalam satuan terkecil, belum dicocokkan pada transfer {{transfer_id}}',
    found: 'OK',
    cancelled: 'Pembayaran berhasil dibatalkan',
    abandoned_unreachable:
      'Pembayaran {{id}} dibatalkan tanpa konfirmasi dari Stripe: Stripe tidak menjawab. Jika masih ada uang yang masuk, dananya dikembalikan secara otomatis setelah Stripe menjawab lagi.',
    abandoned_unknown:
      'Pembayaran {{id}} dibatalkan tanpa konfirmasi dari Stripe: Stripe tidak mengenal sesinya. Jika masih ada uang yang masuk, dananya dikembalikan secara otomatis setelah Stripe melaporkannya.',
    listed: 'OK',
    timeline: 'OK',
    refunded: 'Pengembalian dana berhasil diproses',
    refund_reserved: 'Pengembalian dana dicadangkan. Selesaikan setelah uangnya dibayarkan kembali',
    refund_repeated: 'Pengembalian dana ini sudah dilakukan sebelumnya',
    refund_settled: 'Pengembalian dana berhasil diselesaikan',
    refund_withdrawn: 'Pengembalian dana ditarik kembali',
    refund_withdrawn_unasked:
      'Pengembalian dana ditarik tanpa menanyakan Stripe: mungkin sudah dibuat. Periksa dasbor Stripe sebelum mengembalikan lagi.',
    refund_withdrawn_unanswered:
      'Pengembalian dana ditarik kembali. Payonce tidak akan mengirimkannya lagi. Jika Stripe tetap membuatnya, itu dibukukan sebagai pengembalian dana.',
    refunds_listed: 'OK',
  },
  transfer: {
    recorded: 'Transfer dicatat, dan pembayaran dikonfirmasi',
    recorded_in_part: 'Transfer dicatat dan dicocokkan; pembayaran masih kurang dan tetap tertunda',
    recorded_with_rest: 'Transfer dicatat, dan pembayaran dikonfirmasi. Kelebihannya belum dicocokkan',
    recorded_unmatched: 'Transfer dicatat; belum dicocokkan',
    listed: 'OK',
    found: 'OK',
    corrected: 'Catatan transfer diperbaiki',
    voided: 'Catatan dibatalkan',
    matched: 'Transfer dicocokkan, dan pembayaran dikonfirmasi',
    matched_in_part: 'Transfer dicocokkan; pembayaran masih kurang dan tetap tertunda',
    unmatched: 'Pencocokan dibatalkan; uang belum dicocokkan lagi',
    refund_reserved: 'Pengembalian dana dicadangkan. Selesaikan setelah uangnya dibayarkan kembali',
    refunded: 'Pengembalian dana berhasil diproses',
  },
  checkout: {
    created: 'Sesi checkout berhasil dibuat',
    order_found: 'OK',
  },
  webhook: {
    received: 'Diterima',
    listed: 'OK',
    found: 'OK',
    retried: 'Peristiwa dicoba lagi',
  },
  ops: {
    discrepancies: 'OK',
    discrepancy_resolved: 'Selisih telah diselesaikan',
    charges: 'OK',
    charge_accepted: 'Uang diterima; pembayaran selesai',
    charge_settled_elsewhere: 'Ditandai sebagai diselesaikan di tempat lain',
    refunds: 'OK',
    locks: 'OK',
    keys: 'OK',
  },
  consultation: {
    name: 'Konsultasi {{id}}',
    created: 'Konsultasi berhasil dibuat',
    existing: 'Konsultasi ini sudah ada',
    changed: 'Konsultasi berhasil diubah',
    listed: 'OK',
  },
  product: {
    created: 'Produk berhasil dibuat',
    existing: 'Produk ini sudah ada',
    changed: 'Produk berhasil diubah',
    listed: 'OK',
  },
  auth: {
    logged_in: 'Berhasil masuk',
  },
  health: {
    alive: 'Berjalan',
    ready: 'Siap',
    degraded: 'Siap, tanpa {{missing}}',
    not_ready: 'Belum siap: {{missing}}',
  },
  field: {
    unknown: 'tidak dikenal',
    in_body: 'harus dikirim di dalam body, bukan di URL',
    reserved_name: 'tidak dapat memuat anggota bernama {{name}}',
    not_an_object: 'harus berupa objek',
    integer: 'harus berupa bilangan bulat dari {{min}} sampai {{max}}',
    one_of: 'harus salah satu dari: {{values}}',
    text: 'harus berupa teks {{min}} sampai {{max}} karakter tanpa karakter kontrol',
    email: 'harus berupa alamat email',
    https_url: 'harus berupa alamat http(s) paling banyak {{max}} karakter',
    slug: 'harus terdiri dari 1 sampai {{max}} karakter a–z, 0–9, - dan _, diawali huruf atau angka',
    metadata:
      'paling banyak {{entries}} pasang teks pendek tanpa karakter kontrol: nama sampai {{name}} karakter, tanpa kurung siku, nilai sampai {{value}}',
    key_differs: 'berbeda dari kunci yang sama di bagian lain permintaan',
    idempotency_key:
      'harus terdiri dari 1 sampai 255 karakter ASCII yang dapat dicetak, tanpa spasi di ujungnya; kunci dalam tanda petik diberi petik di kedua ujung',
    not_together: 'tidak dapat diberikan bersama {{other}}',
    at_least_one_of: 'harus diberikan paling sedikit satu: {{values}}',
    transaction_id: 'harus terdiri dari 1 sampai 255 huruf, angka, atau tanda, tanpa spasi',
    cursor: 'bukan kursor yang valid',
    origin: 'harus berupa alamat dari: {{origins}}',
    stripe_transaction: 'harus berupa id pembayaran di Stripe (pi_…) atau id sesinya (cs_…)',
    past_time: 'harus berupa tanggal (2026-03-31) atau waktu dengan zonanya, dan tidak di masa depan',
    needed_after_a_part: 'harus diisi, karena sebagian pembayaran ini sudah pernah diterima',
    stripe_states_it: 'tidak boleh dikirim untuk Stripe, yang melaporkannya sendiri',
    provider_names_it: 'tidak boleh dikirim untuk {{provider}}, yang menetapkan id pengembaliannya',
  },
};
