/* Prints the component planes of a JPEG file as libjpeg stores them: neither upsampled nor converted.
 *
 * Output, numbers of four bytes, least first: warnings, components, and for each its width, height and samples, row by row.
 * Exit code 1 where libjpeg gives up. Made and called by benches/differential.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static void refuse(j_common_ptr info) {
    (void)info;
    exit(1);
}

static void count(j_common_ptr info, int level) {
    if (level < 0) info->err->num_warnings++;
}

static void number(unsigned value) {
    for (int i = 0; i < 4; i++) putchar((int)(value >> 8 * i & 255));
}

static void *memory(size_t size) {
    void *found = malloc(size ? size : 1);
    if (!found) exit(1);
    return found;
}

int main(int argc, char **argv) {
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    struct jpeg_error_mgr errors;
    struct jpeg_decompress_struct info;
    info.err = jpeg_std_error(&errors);
    errors.error_exit = refuse;
    errors.emit_message = count;
    jpeg_create_decompress(&info);
    jpeg_stdio_src(&info, file);
    jpeg_read_header(&info, TRUE);
    info.out_color_space = info.jpeg_color_space;
    info.raw_data_out = TRUE;
    info.dct_method = JDCT_ISLOW;
    info.do_block_smoothing = FALSE;
    jpeg_start_decompress(&info);

    /* One row of units at a time, each component with as many rows of blocks as it has in a unit. */
    JSAMPARRAY rows[MAX_COMPONENTS];
    JSAMPLE *planes[MAX_COMPONENTS];
    size_t widths[MAX_COMPONENTS], heights[MAX_COMPONENTS], written[MAX_COMPONENTS] = {0};
    for (int c = 0; c < info.num_components; c++) {
        jpeg_component_info *component = &info.comp_info[c];
        size_t width = (size_t)component->width_in_blocks * DCTSIZE, height = (size_t)component->v_samp_factor * DCTSIZE;
        /* Blocks beyond the last one are written as well. */
        width += (size_t)component->h_samp_factor * DCTSIZE;
        JSAMPLE *samples = memory(width * height);
        rows[c] = memory(height * sizeof(JSAMPROW));
        for (size_t y = 0; y < height; y++) rows[c][y] = samples + y * width;
        widths[c] = component->downsampled_width;
        heights[c] = component->downsampled_height;
        planes[c] = memory(widths[c] * heights[c]);
    }
    JDIMENSION step = (JDIMENSION)(info.max_v_samp_factor * DCTSIZE);
    while (info.output_scanline < info.output_height) {
        if (jpeg_read_raw_data(&info, rows, step) == 0) return 1;
        for (int c = 0; c < info.num_components; c++) {
            int count = info.comp_info[c].v_samp_factor * DCTSIZE;
            for (int y = 0; y < count && written[c] < heights[c]; y++)
                memcpy(planes[c] + widths[c] * written[c]++, rows[c][y], widths[c]);
        }
    }
    /* The rest of the file is read, and may be found wanting; the description of the components is gone after it. */
    jpeg_finish_decompress(&info);

    number((unsigned)errors.num_warnings);
    number((unsigned)info.num_components);
    for (int c = 0; c < info.num_components; c++) {
        number((unsigned)widths[c]);
        number((unsigned)heights[c]);
        fwrite(planes[c], 1, widths[c] * heights[c], stdout);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
