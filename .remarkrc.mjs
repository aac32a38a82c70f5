import remarkGfm from 'remark-gfm';
import remarkValidateLinks from 'remark-validate-links';

/** `npm run links`: relative links and anchors of all Markdown files, without a network. */
export default { plugins: [remarkGfm, [remarkValidateLinks, { repository: false }]] };
