/* The text of a page in stretches of one style, as `text.py` reads it, without Python between pdfium's calls.
 *
 * `text.py` is the reference: what is done here is done there, in the same order and to the same bit, and a test
 * compares them. Pages out of the common (hidden words, forms that move text) are left to it. pdfium's functions are
 * given by their addresses in the library that is loaded already. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define GLYPH_GAP 0.12 /* of the type size: as in text.py */
#define FAINT 26       /* of 255: as in pdfium.py */
#define LINE_END_HYPHEN 0xfffe
#define FEW 8 /* characters: as in blocks.py */

static void *(*text_object)(void *, int);
static int (*is_generated)(void *, int);
static int (*char_origin)(void *, int, double *, double *);
static int (*char_box)(void *, int, float *);    /* left, top, right, bottom */
static int (*char_matrix)(void *, int, float *); /* a, b, c, d, e, f */
static int (*text_size)(void *, float *);
static int (*text_mode)(void *);
static void *(*text_font)(void *);
static int (*fill_colour)(void *, unsigned *, unsigned *, unsigned *, unsigned *);
static int (*stroke_colour)(void *, unsigned *, unsigned *, unsigned *, unsigned *);
static int (*marked_content)(void *);
static int (*page_count)(void *);
static void *(*page_object)(void *, int);
static int (*form_count)(void *);
static void *(*form_object)(void *, unsigned long);
static int (*object_type)(void *);
static void *(*clip_path)(void *);
static int (*clip_count)(void *);
static int (*clip_segments)(void *, int);
static void *(*clip_segment)(void *, int, int);
static int (*segment_point)(void *, float *, float *);

static const struct {
    const char *name;
    void *place;
} FUNCTIONS[] = {
    {"FPDFText_GetTextObject", &text_object},
    {"FPDFText_IsGenerated", &is_generated},
    {"FPDFText_GetCharOrigin", &char_origin},
    {"FPDFText_GetLooseCharBox", &char_box},
    {"FPDFText_GetMatrix", &char_matrix},
    {"FPDFTextObj_GetFontSize", &text_size},
    {"FPDFTextObj_GetTextRenderMode", &text_mode},
    {"FPDFTextObj_GetFont", &text_font},
    {"FPDFPageObj_GetFillColor", &fill_colour},
    {"FPDFPageObj_GetStrokeColor", &stroke_colour},
    {"FPDFPageObj_GetMarkedContentID", &marked_content},
    {"FPDFPage_CountObjects", &page_count},
    {"FPDFPage_GetObject", &page_object},
    {"FPDFFormObj_CountObjects", &form_count},
    {"FPDFFormObj_GetObject", &form_object},
    {"FPDFPageObj_GetType", &object_type},
    {"FPDFPageObj_GetClipPath", &clip_path},
    {"FPDFClipPath_CountPaths", &clip_count},
    {"FPDFClipPath_CountPathSegments", &clip_segments},
    {"FPDFClipPath_GetPathSegment", &clip_segment},
    {"FPDFPathSegment_GetPoint", &segment_point},
};

static PyObject *bind(PyObject *self, PyObject *address_of)
{
    for (size_t index = 0; index < sizeof FUNCTIONS / sizeof *FUNCTIONS; index++) {
        PyObject *address = PyObject_CallFunction(address_of, "s", FUNCTIONS[index].name);
        if (!address)
            return NULL;
        *(void **)FUNCTIONS[index].place = PyLong_AsVoidPtr(address);
        Py_DECREF(address);
    }
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

static PyObject *made(PyTypeObject *kind, PyObject *values) /* a named tuple; takes the values */
{
    PyObject *arguments = values ? PyTuple_Pack(1, values) : NULL;
    PyObject *thing = arguments ? PyTuple_Type.tp_new(kind, arguments, NULL) : NULL;
    Py_XDECREF(arguments);
    Py_XDECREF(values);
    return thing;
}

/* blocks --------------------------------------------------------------------------------------------------------- */

static int end_of(void *page, void *owner, int start, int end) /* as in blocks.py: another owner has the last */
{
    int low = start + 2, high = end - 1;
    if (text_object(page, start + 1) != owner)
        return start + 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (text_object(page, middle) != owner)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static int note_owner(PyObject *owners, PyObject *ends, void *owner, int place)
{
    PyObject *address = PyLong_FromVoidPtr(owner), *end = PyLong_FromLong(place);
    int failed = !address || !end || PyList_Append(owners, address) || PyList_Append(ends, end);
    Py_XDECREF(address), Py_XDECREF(end);
    return failed;
}

static int note_owners(void *page, int start, int end, PyObject *owners, PyObject *ends)
{
    void *owner = text_object(page, start), *last = text_object(page, end - 1);
    int place = start, failed = 0;
    while (!failed && owner && last && owner != last && place - start >= FEW * (PyList_GET_SIZE(owners) - 1)) {
        place = end_of(page, owner, place, end);
        failed = note_owner(owners, ends, owner, place);
        owner = text_object(page, place);
    }
    if (owner && owner == last)
        return failed || note_owner(owners, ends, owner, end);
    while (!failed && place < end) {
        owner = text_object(page, place++);
        while (place < end && text_object(page, place) == owner)
            place++;
        failed = note_owner(owners, ends, owner, place);
    }
    return failed;
}

static PyObject *block_of(void *page, int start, int end, PyTypeObject *kind)
{
    PyObject *owners = PyList_New(0), *ends = PyList_New(0);
    if (!owners || !ends || note_owners(page, start, end, owners, ends)) {
        Py_XDECREF(owners), Py_XDECREF(ends);
        return NULL;
    }
    return made(kind, Py_BuildValue("(iiNN)", start, end, owners, ends));
}

static PyObject *blocks(PyObject *self, PyObject *arguments)
{
    Py_ssize_t address;
    PyObject *text;
    PyTypeObject *kind;
    if (!PyArg_ParseTuple(arguments, "nUO", &address, &text, &kind))
        return NULL;
    void *page = (void *)address;
    PyObject *found = PyList_New(0);
    int size = (int)PyUnicode_GET_LENGTH(text), start = 0;
    for (int end = 0; found && end <= size; end++) {
        if (end < size) {
            Py_UCS4 letter = PyUnicode_READ_CHAR(text, end);
            if ((letter != ' ' && letter != '\r' && letter != '\n') || !is_generated(page, end))
                continue;
        }
        if (end > start) {
            PyObject *block = block_of(page, start, end, kind);
            if (!block || PyList_Append(found, block))
                Py_CLEAR(found);
            Py_XDECREF(block);
        }
        start = end + 1;
    }
    return found;
}

/* stretches ------------------------------------------------------------------------------------------------------ */

typedef struct { /* all that decides how an object's text looks */
    void *font;
    float size, matrix[6];
    int mode, colour, doubled;
    PyObject *tag;
} Style;

typedef struct {
    /* given */
    void *page;
    PyObject *text, *order, *doubled, *tags, *faces, *new_face, *tag_of, *whole;
    PyTypeObject *stretch;
    double frames[4][6]; /* ax, bx, cx, ay, by, cy */
    long *blanks;
    Py_ssize_t blank_count;
    /* made */
    PyObject *done, *unsure, *hyphens;
    /* of the object read last */
    void *owner;
    long place;
    Style style;
    PyObject *face;
    /* of the stretch that is open */
    Py_UCS4 *parts;
    Py_ssize_t length, last_part;
    double x0, x1, base;
    int blank, guessed;
    PyObject *set_in;
    void *drawn_by;
    long begun;
} Reader;

static float told_size, own_size; /* kept from call to call, as pdfium leaves it where there is no object */

static long place_of(Reader *reader, void *owner)
{
    PyObject *key = PyLong_FromVoidPtr(owner), *place = key ? PyDict_GetItemWithError(reader->order, key) : NULL;
    Py_XDECREF(key);
    return place ? PyLong_AsLong(place) : 0;
}

static int at_most(const Reader *reader, long place) /* blanks up to this place */
{
    Py_ssize_t low = 0, high = reader->blank_count;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (place < reader->blanks[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return (int)low;
}

static double size_of(PyObject *face) { return PyFloat_AsDouble(PyTuple_GET_ITEM(face, 1)); }
static int quarter_of(PyObject *face) { return (int)PyLong_AsLong(PyTuple_GET_ITEM(face, 7)); }
static double across(const double *frame, double x, double y) { return frame[0] * x + frame[1] * y + frame[2]; }
static double down(const double *frame, double x, double y) { return frame[3] * x + frame[4] * y + frame[5]; }

static int touches(const Reader *reader, double x0, double base) /* in the frame of the open stretch */
{
    double near = GLYPH_GAP * size_of(reader->set_in), apart = x0 - reader->x1;
    return fabs(base - reader->base) < 0.1 * near && -near < apart && apart < near;
}

static int goes_on(const Reader *reader, void *owner, int index)
{
    if (reader->last_part != 1 || !reader->length || Py_UNICODE_ISSPACE(reader->parts[reader->length - 1]))
        return 0;
    double x = 0, y = 0;
    char_origin(reader->page, index, &x, &y);
    const double *frame = reader->frames[quarter_of(reader->set_in)];
    if (!touches(reader, across(frame, x, y), down(frame, x, y)) || text_font(owner) != reader->style.font)
        return 0;
    text_size(owner, &own_size);
    return own_size == reader->style.size;
}

static int close_stretch(Reader *reader)
{
    if (!reader->length)
        return 0;
    int hyphen = 0, half = 0;
    for (Py_ssize_t index = 0; index < reader->length; index++) {
        hyphen |= reader->parts[index] == LINE_END_HYPHEN;
        half |= reader->parts[index] >= 0xd800 && reader->parts[index] <= 0xdfff;
    }
    PyObject *text = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, reader->parts, reader->length);
    if (text && half)
        Py_SETREF(text, PyObject_CallOneArg(reader->whole, text));
    reader->length = 0;
    if (!text)
        return -1;
    int failed = 0;
    if (hyphen) {
        PyObject *note = Py_BuildValue("(nN)", PyList_GET_SIZE(reader->done), PyLong_FromVoidPtr(reader->drawn_by));
        failed = !note || PyList_Append(reader->hyphens, note);
        Py_XDECREF(note);
    }
    PyObject *stretch = made(reader->stretch, Py_BuildValue("(NdddOOO(ll))", text, reader->x0, reader->x1, reader->base,
                                                            reader->blank ? Py_True : Py_False, reader->set_in,
                                                            reader->guessed ? Py_True : Py_False, reader->begun,
                                                            place_of(reader, reader->drawn_by)));
    failed |= !stretch || PyList_Append(reader->done, stretch);
    Py_XDECREF(stretch);
    return failed ? -1 : 0;
}

static PyObject *tag_of(Reader *reader, void *owner) /* borrowed */
{
    if (reader->tags == Py_None)
        return Py_None;
    int mark = marked_content(owner);
    PyObject *tag, *key;
    if (mark >= 0) {
        key = PyLong_FromLong(mark);
        tag = key ? PyDict_GetItemWithError(reader->tags, key) : NULL;
        Py_XDECREF(key);
        return tag ? tag : Py_None;
    }
    key = PyLong_FromVoidPtr(owner);
    tag = key ? PyObject_CallOneArg(reader->tag_of, key) : NULL;
    Py_XDECREF(key);
    Py_XDECREF(tag); /* a name of the module, which lives on */
    return tag;
}

static PyObject *face_of(Reader *reader, const Style *style) /* borrowed from the faces */
{
    const float *matrix = style->matrix;
    PyObject *told = Py_BuildValue("(Nd(dddd)iNOO)", style->font ? PyLong_FromVoidPtr(style->font) : Py_NewRef(Py_None),
                                   (double)style->size, matrix[0], matrix[1], matrix[2], matrix[3], style->mode,
                                   style->colour >= 0 ? PyLong_FromLong(style->colour) : Py_NewRef(Py_None), style->tag,
                                   style->doubled ? Py_True : Py_False);
    if (!told)
        return NULL;
    PyObject *face = PyDict_GetItemWithError(reader->faces, told);
    if (!face && !PyErr_Occurred()) {
        face = PyObject_CallObject(reader->new_face, told);
        if (face && PyDict_SetItem(reader->faces, told, face))
            Py_CLEAR(face);
        Py_XDECREF(face); /* the faces keep it */
    }
    Py_DECREF(told);
    return face;
}

static int take_up(Reader *reader, void *owner, int first)
{
    Style style = {.tag = tag_of(reader, owner)};
    if (!style.tag)
        return -1;
    char_matrix(reader->page, first, style.matrix);
    text_size(owner, &told_size);
    style.size = told_size;
    style.mode = text_mode(owner);
    style.font = text_font(owner);
    unsigned red, green, blue, alpha;
    int stroked = style.mode == 1 || style.mode == 5; /* PDF 32000-1, 9.3.6: stroke, stroke and clip */
    int plain = (stroked ? stroke_colour : fill_colour)(owner, &red, &green, &blue, &alpha);
    style.colour = plain && alpha >= FAINT ? (int)(red << 16 | green << 8 | blue) : -1;
    if (PySet_GET_SIZE(reader->doubled)) {
        PyObject *key = PyLong_FromVoidPtr(owner);
        style.doubled = key ? PySet_Contains(reader->doubled, key) : -1;
        Py_XDECREF(key);
    }
    if (style.colour < 0) {
        PyObject *place = PyLong_FromLong(reader->place);
        if (!place || PySet_Add(reader->unsure, place))
            style.doubled = -1;
        Py_XDECREF(place);
    }
    if (style.doubled < 0)
        return -1;
    Style *last = &reader->style;
    int same = reader->owner && last->font == style.font && last->size == style.size && last->mode == style.mode
               && last->colour == style.colour && last->doubled == style.doubled && last->tag == style.tag
               && !memcmp(last->matrix, style.matrix, 4 * sizeof(float));
    *last = style;
    if (!same)
        reader->face = face_of(reader, &style);
    return reader->face ? 0 : -1;
}

static int add(Reader *reader, void *owner, int start, int end, int blank)
{
    int guessed = blank, last = end;
    while (last > start + 1 && Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(reader->text, last - 1)))
        last--;
    if (owner != reader->owner) {
        long before = reader->place;
        reader->place = place_of(reader, owner);
        if (reader->blank_count && reader->place > before + 1 && at_most(reader, reader->place) > at_most(reader, before))
            blank = 1, guessed = 0;
        if (!(end - start == 1 && !blank && goes_on(reader, owner, start)) && take_up(reader, owner, start))
            return -1;
    }
    double x = 0, y = 0;
    float box[4] = {0}; /* left, top, right, bottom */
    char_origin(reader->page, start, &x, &y);
    char_box(reader->page, last - 1, box);
    int quarter = quarter_of(reader->face);
    const double *frame = reader->frames[quarter];
    double x0 = across(frame, x, y), base = down(frame, x, y);
    reader->owner = owner;
    if (blank || reader->face != reader->set_in || !reader->length || !touches(reader, x0, base)) {
        if (close_stretch(reader))
            return -1;
        reader->x0 = x0;
        reader->base = base;
        reader->blank = blank;
        reader->guessed = guessed;
        reader->set_in = reader->face;
        reader->begun = reader->place;
    }
    for (int index = start; index < end; index++)
        reader->parts[reader->length++] = PyUnicode_READ_CHAR(reader->text, index);
    reader->last_part = end - start;
    reader->drawn_by = owner;
    reader->x1 = quarter < 2 ? across(frame, box[2], box[1]) : across(frame, box[0], box[3]);
    return 0;
}

static int letters_apart(PyObject *text, int start, int end) /* single letters with blanks between, four or more */
{
    int size = end - start;
    if (size < 7)
        return 0;
    for (int index = 0; index < size; index++) {
        Py_UCS4 letter = PyUnicode_READ_CHAR(text, start + index);
        if (index % 2 ? letter != ' ' : Py_UNICODE_ISSPACE(letter))
            return 0;
    }
    return 1;
}

static int glyph_word(const Reader *reader, int start, int end, void *first, void *last)
{
    for (int index = start; index < end; index++) {
        Py_UCS4 letter = PyUnicode_READ_CHAR(reader->text, index);
        int ends = index == end - 1 && index > start && letter < 128 && strchr(".,;:?!", (int)letter);
        if (!ends && (!Py_UNICODE_ISALNUM(letter) || Py_UNICODE_ISDECIMAL(letter)))
            return 0;
    }
    double x, base = 0, last_base = 0;
    float size = own_size;
    char_origin(reader->page, start, &x, &base);
    char_origin(reader->page, end - 1, &x, &last_base);
    if (base != last_base || text_font(first) != text_font(last))
        return 0;
    text_size(first, &size);
    own_size = size;
    text_size(last, &own_size);
    return size == own_size;
}

static int add_block(Reader *reader, PyObject *block, int blank)
{
    int start = (int)PyLong_AsLong(PyTuple_GET_ITEM(block, 0)), end = (int)PyLong_AsLong(PyTuple_GET_ITEM(block, 1));
    PyObject *owners = PyTuple_GET_ITEM(block, 2), *ends = PyTuple_GET_ITEM(block, 3);
    Py_ssize_t count = PyList_GET_SIZE(owners);
#define OWNER(number) PyLong_AsVoidPtr(PyList_GET_ITEM(owners, number))
#define END(number) (int)PyLong_AsLong(PyList_GET_ITEM(ends, number))
    void *first = OWNER(0), *last = OWNER(count - 1);
    if (letters_apart(reader->text, start, end)) {
        Py_ssize_t number = 0;
        for (int index = start; index < end; index += 2) {
            while (END(number) <= index)
                number++;
            if (add(reader, OWNER(number), index, index + 1, blank || index > start))
                return -1;
        }
        return 0;
    }
    if (count == 1 || (END(0) == start + 1 && glyph_word(reader, start, end, first, last))) {
        if (add(reader, first, start, end, blank))
            return -1;
        reader->owner = reader->drawn_by = last;
        reader->place = place_of(reader, last);
        return 0;
    }
    for (Py_ssize_t number = 0; number < count; number++) {
        if (add(reader, OWNER(number), start, END(number), blank))
            return -1;
        blank = 0;
        start = END(number);
    }
    return 0;
#undef OWNER
#undef END
}

static int read_blocks(Reader *reader, PyObject *blocks)
{
    int before = 0;
    for (Py_ssize_t number = 0; number < PyList_GET_SIZE(blocks); number++) {
        PyObject *block = PyList_GET_ITEM(blocks, number);
        int start = (int)PyLong_AsLong(PyTuple_GET_ITEM(block, 0)), blank = 0;
        for (int index = before; index < start; index++)
            blank |= PyUnicode_READ_CHAR(reader->text, index) == ' ';
        if (add_block(reader, block, blank))
            return -1;
        before = (int)PyLong_AsLong(PyTuple_GET_ITEM(block, 1));
    }
    return close_stretch(reader);
}

static PyObject *stretches(PyObject *self, PyObject *arguments)
{
    Reader reader = {0};
    Py_ssize_t address;
    PyObject *blocks, *frames, *blanks;
    if (!PyArg_ParseTuple(arguments, "nUO!O!O!O!OOO!OOOO", &address, &reader.text, &PyList_Type, &blocks, &PyTuple_Type,
                          &frames, &PyDict_Type, &reader.order, &PyList_Type, &blanks, &reader.doubled, &reader.tags,
                          &PyDict_Type, &reader.faces, &reader.new_face, &reader.tag_of, &reader.whole, &reader.stretch))
        return NULL;
    reader.page = (void *)address;
    for (int quarter = 0; quarter < 4; quarter++)
        for (int part = 0; part < 6; part++)
            reader.frames[quarter][part] = PyFloat_AsDouble(PyTuple_GET_ITEM(PyTuple_GET_ITEM(frames, quarter), part));
    reader.blank_count = PyList_GET_SIZE(blanks);
    reader.blanks = PyMem_New(long, reader.blank_count + 1);
    reader.parts = PyMem_New(Py_UCS4, PyUnicode_GET_LENGTH(reader.text) + 1);
    reader.done = PyList_New(0), reader.unsure = PySet_New(NULL), reader.hyphens = PyList_New(0);
    PyObject *found = NULL;
    if (reader.blanks && reader.parts && reader.done && reader.unsure && reader.hyphens && !PyErr_Occurred()) {
        for (Py_ssize_t index = 0; index < reader.blank_count; index++)
            reader.blanks[index] = PyLong_AsLong(PyList_GET_ITEM(blanks, index));
        if (!read_blocks(&reader, blocks) && !PyErr_Occurred())
            found = PyTuple_Pack(3, reader.done, reader.unsure, reader.hyphens);
    }
    Py_XDECREF(reader.done), Py_XDECREF(reader.unsure), Py_XDECREF(reader.hyphens);
    PyMem_Free(reader.blanks), PyMem_Free(reader.parts);
    return found;
}

/* objects -------------------------------------------------------------------------------------------------------- */

static PyObject *objects(PyObject *self, PyObject *arguments)
{
    Py_ssize_t address;
    int of_form;
    if (!PyArg_ParseTuple(arguments, "np", &address, &of_form))
        return NULL;
    void *holder = (void *)address;
    int count = of_form ? form_count(holder) : page_count(holder);
    PyObject *found = PyList_New(count > 0 ? count : 0);
    for (int index = 0; found && index < count; index++) {
        void *item = of_form ? form_object(holder, (unsigned long)index) : page_object(holder, index);
        PyList_SET_ITEM(found, index, Py_BuildValue("(Ni)", PyLong_FromVoidPtr(item), object_type(item)));
    }
    return found;
}

static PyObject *clip_key(PyObject *self, PyObject *address)
{
    void *clip = clip_path(PyLong_AsVoidPtr(address));
    int count = clip ? clip_count(clip) : 0;
    PyObject *key = PyTuple_New(count > 0 ? count : 0);
    for (int index = 0; key && index < count; index++) {
        void *segment = clip_segment(clip, index, 0);
        PyTuple_SET_ITEM(key, index, segment ? PyLong_FromVoidPtr(segment) : Py_NewRef(Py_None));
    }
    return key;
}

static PyObject *clip_bounds(PyObject *self, PyObject *address)
{
    void *clip = clip_path(PyLong_AsVoidPtr(address));
    float left = -INFINITY, bottom = -INFINITY, right = INFINITY, top = INFINITY;
    int clipped = 0;
    for (int path = 0; clip && path < clip_count(clip); path++) {
        float x = 0, y = 0, x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
        int corners = clip_segments(clip, path);
        for (int index = 0; index < corners; index++) {
            segment_point(clip_segment(clip, path, index), &x, &y);
            x0 = fminf(x0, x), y0 = fminf(y0, y), x1 = fmaxf(x1, x), y1 = fmaxf(y1, y);
        }
        if (corners > 0) {
            clipped = 1;
            left = fmaxf(left, x0), bottom = fmaxf(bottom, y0), right = fminf(right, x1), top = fminf(top, y1);
        }
    }
    return clipped ? Py_BuildValue("(dddd)", left, bottom, right, top) : Py_NewRef(Py_None);
}

/* pictures ------------------------------------------------------------------------------------------------------- */

static PyObject *rows(PyObject *self, PyObject *arguments)
{
    Py_ssize_t address, stride, high, step, used, first, every;
    if (!PyArg_ParseTuple(arguments, "nnnnnnn", &address, &stride, &high, &step, &used, &first, &every))
        return NULL;
    Py_ssize_t wide = used > first ? (used - first + every - 1) / every : 0;
    PyObject *found = PyList_New((high + step - 1) / step);
    for (Py_ssize_t row = 0; found && row * step < high; row++) {
        const char *pixel = (const char *)address + row * step * stride + first;
        PyObject *sample = PyBytes_FromStringAndSize(NULL, wide);
        if (!sample) {
            Py_CLEAR(found);
            break;
        }
        char *place = PyBytes_AS_STRING(sample);
        for (Py_ssize_t index = 0; index < wide; index++, pixel += every)
            place[index] = *pixel;
        PyList_SET_ITEM(found, row, sample);
    }
    return found;
}

static PyMethodDef METHODS[] = {
    {"bind", bind, METH_O, "Take pdfium's functions; the argument gives the address of each name."},
    {"blocks", blocks, METH_VARARGS, "Return the blocks of a text page, as blocks.py does."},
    {"stretches", stretches, METH_VARARGS, "Return a page's stretches, unsure places and hyphens, as text.py does."},
    {"objects", objects, METH_VARARGS, "Return the objects of a page or form with their types, as pdfium.py does."},
    {"rows", rows, METH_VARARGS, "Return every `step`th row of a bitmap, of each every `every`th byte from `first`."},
    {"clip_key", clip_key, METH_O, "Return what tells an object's clip from others, as pdfium.py does."},
    {"clip_bounds", clip_bounds, METH_O, "Return what an object's clip leaves visible, as pdfium.py does."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {PyModuleDef_HEAD_INIT, "_compiled", NULL, -1, METHODS, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__compiled(void) { return PyModule_Create(&MODULE); }
