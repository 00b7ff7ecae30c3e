-- With the program: what an editor does to a page.
local T = ...

local function is_broken(finding)
  return finding.code == 'broken-paragraph'
end

local function broken(found)
  return vim.tbl_filter(is_broken, found)
end

local function hover_text(client, lnum, col)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(0),
    position = { line = lnum, character = vim.str_utfindex(T.lines()[lnum + 1], client.offset_encoding, col, false) },
  }
  local answer = client:request_sync('textDocument/hover', params, 10000, 0)
  local contents = assert(answer and answer.result, 'no hover').contents
  return contents.value or table.concat(vim.lsp.util.convert_input_to_markdown_lines(contents), '\n')
end

T.it('attaches to Markdown and to text, with one server for both', function()
  local markdown = T.open('union-district-page.md')
  local text = T.open('indented-page.txt')
  T.eq(text.id, markdown.id, 'client')
end)

T.it('reports cut paragraphs at the right columns of wide characters', function()
  T.open('union-district-page.md')
  local found = broken(T.findings(function(all)
    return #broken(all) >= 6
  end))
  local lines = {}
  for _, finding in ipairs(found) do
    table.insert(lines, finding.lnum + 1)
    local line = T.lines()[finding.lnum + 1]
    T.eq(finding.end_col, #line, 'end of the finding in line ' .. finding.lnum + 1)
    T.eq(T.covered(finding), line:sub(-#T.covered(finding)), 'covered text')
    T.eq(finding.source, 'article-lsp', 'source')
  end
  T.eq(lines[1], 9, 'first cut')
  T.eq(T.covered(found[1]):sub(-9), '一起验', 'first cut')
end)

T.it('is silent about a clean page and about English', function()
  T.open('clean-page.md')
  vim.wait(500)
  T.eq(vim.diagnostic.get(0), {}, 'findings of the clean page')
  T.open('README.md')
  vim.wait(500)
  T.eq(vim.diagnostic.get(0), {}, 'findings of an English page')
end)

T.it('explains an organisation', function()
  local client = T.open('union-district-page.md')
  local at = assert(T.lines()[7]:find('区总工会', 1, true))
  local text = hover_text(client, 6, at)
  assert(text:find('青塘区总工会', 1, true), text)
end)

T.it('gives the articles as symbols', function()
  local client = T.open('union-district-page.md')
  local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
  local names = {}
  local function collect(symbols)
    for _, symbol in ipairs(symbols) do
      names[symbol.name] = symbol.selectionRange.start.line + 1
      collect(symbol.children or {})
    end
  end
  collect(client:request_sync('textDocument/documentSymbol', params, 10000, 0).result)
  T.eq(names['让好手艺在班组之间流动起来'], 3, 'title')
  T.eq(names['区里搭台，专家进厂'], 17, 'section')
end)

T.it('gives plugins that list findings the other place', function()
  T.open('union-district-page.md')
  local found = broken(T.findings(function(all)
    return #broken(all) >= 6
  end))
  local related = found[1].user_data.lsp.relatedInformation
  T.eq(#related, 1, 'related places')
  T.eq(related[1].location.uri, vim.uri_from_bufnr(0), 'file of the other half')
  T.eq(related[1].location.range.start, { line = 10, character = 0 }, 'other half')
end)

T.it('gives plugins that show outlines a tree of ranges', function()
  local function is_before(a, b)
    return a.line < b.line or (a.line == b.line and a.character <= b.character)
  end
  local function is_inside(inner, outer)
    return is_before(outer.start, inner.start) and is_before(inner['end'], outer['end'])
  end
  local n_nested = 0
  local function check(symbol, parent)
    assert(is_inside(symbol.selectionRange, symbol.range), symbol.name .. ': the title is not in its article')
    if parent then
      n_nested = n_nested + 1
      assert(is_inside(symbol.range, parent.range), symbol.name .. ' is not in ' .. parent.name)
    end
    for _, child in ipairs(symbol.children or {}) do
      check(child, symbol)
    end
  end
  for _, page in ipairs({ 'union-district-page.md', 'photo-captions.md', 'indented-page.txt' }) do
    local client = T.open(page)
    local params = { textDocument = vim.lsp.util.make_text_document_params(0) }
    for _, symbol in ipairs(client:request_sync('textDocument/documentSymbol', params, 10000, 0).result) do
      check(symbol)
    end
  end
  assert(n_nested > 0, 'the outlines are flat')
end)

T.it('joins a cut paragraph, and one undo takes it back', function()
  T.open('union-district-page.md')
  local before = T.lines()
  local found = broken(T.findings(function(all)
    return #broken(all) >= 6
  end))
  vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
  vim.lsp.buf.code_action({
    apply = true,
    context = { only = { 'quickfix' }, diagnostics = { found[1].user_data.lsp } },
    filter = function(action)
      return action.isPreferred == true
    end,
  })
  T.wait('the join', function()
    return #T.lines() < #before
  end)
  local joined = T.lines()[found[1].lnum + 1]
  assert(joined:find('一起验收，奖金当月兑现。', 1, true), joined)
  T.findings(function(all)
    return #broken(all) == #found - 1
  end)
  vim.cmd.undo()
  T.eq(T.lines(), before, 'after one undo')
end)

T.it('repairs all that is safe, and one undo takes it back', function()
  T.open('union-district-page.md')
  local before = T.lines()
  local n_before = #broken(T.findings(function(all)
    return #broken(all) >= 6
  end))
  vim.cmd.ArticleFixAll()
  assert(#T.lines() < #before, 'nothing was repaired')
  T.findings(function(all)
    return #broken(all) < n_before
  end)
  vim.cmd.undo()
  T.eq(T.lines(), before, 'after one undo')
end)

T.it('renames an organisation, and one undo takes it back', function()
  local client = T.open('union-district-page.md')
  local before = T.lines()
  local count = function(name)
    return select(2, table.concat(T.lines(), '\n'):gsub(name, ''))
  end
  local old, new = '东屏街道总工会', '东屏街道工会联合会'
  local n_mentions = count(old)
  assert(n_mentions > 1)
  for n, line in ipairs(before) do
    local at = line:find(old, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { n, at - 1 + 3 })
      break
    end
  end
  vim.lsp.buf.rename(new, { name = client.name })
  T.wait('the rename', function()
    return count(new) == n_mentions
  end)
  T.eq(count(old), 0, 'old names')
  vim.cmd.undo()
  T.eq(T.lines(), before, 'after one undo')
end)

T.it('follows edits, and counts characters beyond the basic plane', function()
  T.open('half-width-punctuation.txt')
  T.findings(function(all)
    return #broken(all) == 2
  end)
  vim.api.nvim_buf_set_text(0, 12, 0, 12, 0, { '𠮷野家🏠' })
  local found = broken(T.findings(function(all)
    local cut = broken(all)
    return #cut == 2 and cut[1].lnum == 12 and cut[1].end_col == #T.lines()[13] and cut
  end))
  T.eq(T.covered(found[1]):sub(-3), '医', 'covered text')
  vim.cmd('edit!')
end)

T.it('reads a buffer that was never written', function()
  vim.cmd.edit(T.pages .. '/从未保存 [一].md')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.fn.readfile(T.pages .. '/reader-questions.md'))
  T.findings(function(all)
    return #broken(all) == 2
  end)
  vim.cmd('bwipeout!')
end)

T.it('lists the articles', function()
  T.open('union-district-page.md')
  vim.cmd.ArticleOutline()
  local list = vim.fn.getloclist(0, { items = 1, title = 1 })
  vim.cmd.lclose()
  T.eq(list.title, 'Articles', 'title of the list')
  local of_line = {}
  for _, item in ipairs(list.items) do
    of_line[item.lnum] = item.text
  end
  T.eq(vim.trim(of_line[3]), '让好手艺在班组之间流动起来', 'title')
  assert(of_line[17]:find('^%s+区里搭台'), 'the section stands below its title: ' .. of_line[17])
end)

T.it('has a help page', function()
  vim.cmd.helptags(vim.env.ARTICLE_LSP_NEOVIM .. '/doc')
  vim.cmd.help('article-lsp')
  T.eq(vim.fn.expand('%:t'), 'article-lsp.txt', 'help file')
  vim.cmd.helpclose()
  vim.fn.delete(vim.env.ARTICLE_LSP_NEOVIM .. '/doc/tags')
end)

T.it('passes its own health check', function()
  vim.cmd('checkhealth article_lsp')
  local text = table.concat(T.lines(), '\n')
  assert(not text:find('ERROR', 1, true) and not text:find('WARNING', 1, true), text)
  assert(text:find('OK server', 1, true), text)
  vim.cmd.bwipeout()
end)

T.it('ends the server with the editor', function()
  local client = vim.lsp.get_clients({ name = 'article_lsp' })[1]
  client:stop()
  T.wait('the end of the server', function()
    return client:is_stopped()
  end)
end)
