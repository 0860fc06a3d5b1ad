import SftpClient from 'ssh2-sftp-client';

export const deliver = SftpClient;
