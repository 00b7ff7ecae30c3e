-- What a user's init.lua needs, and no more.
vim.opt.runtimepath:append(vim.env.ARTICLE_LSP_NEOVIM)
vim.lsp.enable('article_lsp')
