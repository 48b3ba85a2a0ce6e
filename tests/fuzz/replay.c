/*
 * replay.c - feeds each file of a corpus to a fuzz target, in the ordinary test run.
 *
 * The corpus of the program replay_NAME is tests/fuzz/corpus/NAME, or the folder
 * given as argument.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file, exactly as many as allocated, so that a read past them is
 * seen by the sanitizer; NULL for what cannot be read (a folder). */
static uint8_t *read_all(const char *path, size_t *ret_size)
{
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
  uint8_t *data = size >= 0 && size < (64L << 20) ? malloc(size > 0 ? (size_t)size : 1) : NULL;
  rewind(file);
  if (data && fread(data, 1, (size_t)size, file) != (size_t)size) {
    free(data);
    data = NULL;
  }
  fclose(file);
  *ret_size = (size_t)size;
  return data;
}

static int feed(const char *name)
{
  size_t size;
  uint8_t *data = read_all(name, &size);
  if (!data) return 0;
  LLVMFuzzerTestOneInput(data, size);
  free(data);
  return 1;
}

/* Files beginning with a dot are no inputs.  Ends in the folder. */
static int feed_all(const char *folder)
{
  DIR *dir = chdir(folder) == 0 ? opendir(".") : NULL;
  int count = 0;
  if (!dir) return 0;
  for (struct dirent *entry; (entry = readdir(dir));)
    if (entry->d_name[0] != '.') count += feed(entry->d_name);
  closedir(dir);
  return count;
}

int main(int argc, char **argv)
{
  const char *name = strstr(argv[0], "replay_");
  char folder[256];
  name = name ? name + strlen("replay_") : argv[0];
  snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name);
  int count = feed_all(argc > 1 ? argv[1] : folder);
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  printf("ok replay of %d inputs for %s\n", count, name);
  return 0;
}
