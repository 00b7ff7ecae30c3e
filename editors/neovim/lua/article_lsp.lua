-- What the commands do. Everything else is plain LSP and needs nothing of ours.

local M = {}

--- Kind of the code action that repairs all that is safe.
local FIX_ALL = 'source.fixAll.article-lsp'
--- Milliseconds to wait for an answer: a page takes a few, a loaded machine many more.
local TIMEOUT = 5000

--- The client of the buffer, or nil after saying that there is none.
local function client_of(bufnr)
  local client = vim.lsp.get_clients({ bufnr = bufnr, name = 'article_lsp' })[1]
  if not client then
    vim.notify('article-lsp is not attached to this buffer; see :checkhealth article_lsp', vim.log.levels.WARN)
  end
  return client
end

--- The answer of `client`, or nil after saying why there is none.
local function ask(client, method, params, bufnr)
  local response, failure = client:request_sync(method, params, TIMEOUT, bufnr)
  if response and not response.err then
    return response.result
  end
  local reason = failure or (response and response.err.message) or 'no answer'
  vim.notify(('article-lsp: %s: %s'):format(method, reason), vim.log.levels.ERROR)
end

--- Applies every safe repair of the buffer, as one step of undo. Waits, so that it can run before a write.
---@param bufnr? integer The current buffer without it.
---@return boolean repaired Whether the text was changed.
function M.fix_all(bufnr)
  bufnr = bufnr and bufnr > 0 and bufnr or vim.api.nvim_get_current_buf()
  local client = client_of(bufnr)
  if not client then
    return false
  end
  local last = vim.api.nvim_buf_line_count(bufnr)
  local actions = ask(client, 'textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(bufnr),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { only = { FIX_ALL }, diagnostics = {}, triggerKind = 1 },
  }, bufnr)
  local action = actions and actions[1]
  if action and not action.edit and client:supports_method('codeAction/resolve') then
    action = ask(client, 'codeAction/resolve', action, bufnr)
  end
  if not (action and action.edit) then
    return false
  end
  vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  return true
end

--- Puts the articles of the buffer into the location list: titles, sections, labels and captions, indented by level.
---@param bufnr? integer The current buffer without it.
function M.outline(bufnr)
  bufnr = bufnr and bufnr > 0 and bufnr or vim.api.nvim_get_current_buf()
  local client = client_of(bufnr)
  local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr) }
  local symbols = client and ask(client, 'textDocument/documentSymbol', params, bufnr)
  if not symbols then
    return
  end
  local items = {}
  local function add(list, depth)
    for _, symbol in ipairs(list) do
      local at = (symbol.selectionRange or symbol.location.range).start
      local line = vim.api.nvim_buf_get_lines(bufnr, at.line, at.line + 1, false)[1] or ''
      table.insert(items, {
        bufnr = bufnr,
        lnum = at.line + 1,
        col = vim.str_byteindex(line, client.offset_encoding, at.character, false) + 1,
        text = ('  '):rep(depth) .. symbol.name,
      })
      add(symbol.children or {}, depth + 1)
    end
  end
  add(symbols, 0)
  vim.fn.setloclist(0, {}, ' ', { title = 'Articles', items = items })
  vim.cmd.lopen()
end

return M
